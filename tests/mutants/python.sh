# Sets `python` to a Python that can read Rust, for schemata.py. Sourced from the root of the repository.
python=$PWD/target/mutants/python/bin/python
if [ ! -x "$python" ]; then
    python3 -m venv target/mutants/python
    "$python" -m pip install --quiet tree-sitter==0.26.1 tree-sitter-rust==0.24.2
fi
