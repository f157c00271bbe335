"""Write the next migration from the models: number, slug, and the HEAD file that makes two of a number collide."""

import re
import sys
from pathlib import Path

from flask_migrate import migrate

from directory.app import create_app
from directory.config import ROOT

head = ROOT / "migrations" / "HEAD"
slug = sys.argv[1]
number = f"{int(head.read_text()[:4]) + 1 if head.exists() else 1:04}"
with create_app().app_context():
    migrate(message=slug, rev_id=number)
written = next((ROOT / "migrations" / "versions").glob(f"{number}_*.py"))
text = written.read_text().replace("directory.database.UtcDateTime(timezone=True)", "sa.DateTime(timezone=True)")
written.write_text(re.sub(r"directory\.database\.UtcDateTime\(\)", "sa.DateTime(timezone=True)", text))
head.write_text(written.stem + "\n")
print(written.relative_to(Path.cwd()))
