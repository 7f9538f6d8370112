"""What a web process pays for relevance before it ranks anything."""

import subprocess
import sys


def test_importing_relevance_does_not_load_numpy():
    ask = "import sys, marketplace.relevance.index; print(sorted({'numpy', 'scipy'} & set(sys.modules)))"

    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "[]"
