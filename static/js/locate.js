// Offers "Use where I am now" where the browser can tell. Asked only when pressed; refused, the typed field stays.
const button = document.querySelector("[data-locate]");

if (button && "geolocation" in navigator) {
  const form = button.form;
  const typed = form.elements.near;
  const status = button.parentElement.querySelector("[role=status]");

  const forget = () => form.querySelectorAll("[name=lat],[name=lon]").forEach((field) => field.remove());

  const keep = (name, degrees) => {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = degrees.toFixed(3); // about 100 m: near enough to search, no nearer
    form.append(field);
  };

  const found = ({ coords }) => {
    forget();
    keep("lat", coords.latitude);
    keep("lon", coords.longitude);
    typed.value = "";
    form.requestSubmit();
  };

  const failed = (error) => {
    status.textContent = error.code === error.PERMISSION_DENIED ? button.dataset.refused : button.dataset.failed;
    typed.focus();
  };

  button.hidden = false;
  button.addEventListener("click", () => {
    status.textContent = button.dataset.wait;
    navigator.geolocation.getCurrentPosition(found, failed, { timeout: 10000, maximumAge: 60000 });
  });
  typed.addEventListener("input", forget);
  window.addEventListener("pageshow", () => {
    forget();
    status.textContent = "";
  });
}
