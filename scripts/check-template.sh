#!/bin/sh
# Checks the template of the relay with AWS's own rules (cfn-lint, which reads what SAM makes of it). Needs no network.
set -eu

cd "$(dirname "$0")/.."
lint=target/relay-tools/bin/cfn-lint
[ -x "$lint" ] || lint=cfn-lint
if ! "$lint" --version >/dev/null 2>&1; then
    echo "cfn-lint is not installed: scripts/setup.sh test installs it." >&2
    exit 1
fi
"$lint" deploy/aws/template.yaml
echo "deploy/aws/template.yaml: in order ($("$lint" --version))"
