import os
import subprocess
import sys
from pathlib import Path


def test_a_process_leaves_no_folder_of_files_behind() -> None:
    program = (
        "from django.conf import settings; from pathlib import Path; folder = Path(settings.MEDIA_ROOT);"
        " (folder / 'picture.png').write_text('x'); print(folder)"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    folder = Path(done.stdout.strip())
    assert folder.name.startswith("guildhall-test-media-")
    assert not folder.exists()
    assert done.stderr == ""
