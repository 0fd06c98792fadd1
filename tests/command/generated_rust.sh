#!/bin/sh
# Has `vod ACTION --example N --dry-run --as rust` print every example of the specs as a program, and compiles all of
# them as the examples of one package: tests/command/generated_rust.sh [path of vod]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
vod=${1:-$root/target/debug/vod}
package=$root/target/generated_rust
rm -rf "$package"
mkdir -p "$package/src"
cat >"$package/Cargo.toml" <<TOML
[package]
name = "generated-rust"
version = "0.0.0"
edition = "2024"
publish = false
[workspace]
[dependencies]
serde_json = "1"
tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
vod-api = { path = "$root/vod-api" }
TOML
cp "$root/Cargo.lock" "$package/Cargo.lock"
count=0
: >"$package/src/lib.rs"
for action in $("$vod" __complete '' | grep -- '-'); do
    number=1
    while "$vod" "$action" --example "$number" --dry-run --as rust >"$package/program.rs" 2>/dev/null; do
        name=$(echo "$action" | tr - _)_$number
        sed 's/^#\[tokio::main\]$//; s/^async fn main/pub async fn main/' "$package/program.rs" >"$package/src/$name.rs"
        echo "pub mod $name;" >>"$package/src/lib.rs"
        number=$((number + 1))
        count=$((count + 1))
    done
done
rm -f "$package/program.rs"
echo "$count programs"
test "$count" -ge 300
cargo check --manifest-path "$package/Cargo.toml" --target-dir "$root/target/generated_rust_target"
