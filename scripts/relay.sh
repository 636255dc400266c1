#!/bin/sh
# The relay on AWS: packs it, deploys it, opens accounts for tills, removes it.
#   scripts/relay.sh package [arm64|x86_64]   target/relay/relay-lambda.zip
#   scripts/relay.sh try                      the tests of the emulated Lambda over the packed x86_64 binary
#   scripts/relay.sh check                    the template, as SAM reads it
#   scripts/relay.sh deploy  [arm64|x86_64]   asks what it has to know, then deploys
#   scripts/relay.sh till add|revoke NAME     with the deployer's own AWS rights
#   scripts/relay.sh remove                   the whole stack, and everything in it
#
# Tools (cargo-lambda, a linker for Lambda's Linux, AWS's SAM) come from PyPI into target/relay-tools and, because SAM
# wants other versions of what the tests use, target/relay-sam.
set -eu

cd "$(dirname "$0")/.."
PATH=$PATH:${CARGO_HOME:-${HOME:-/root}/.cargo}/bin
tools=target/relay-tools
sam=target/relay-sam
stack=${RELAY_STACK:-guitai-relay}

main() {
    case ${1:-} in
    package) package "${2:-arm64}" ;;
    try) try_packed ;;
    check) check ;;
    deploy) deploy "${2:-arm64}" ;;
    till) till "${2:-}" "${3:-}" ;;
    remove) remove ;;
    *)
        sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
        exit 2
        ;;
    esac
}

package() {
    case $1 in
    arm64) target=aarch64-unknown-linux-musl ;;
    x86_64) target=x86_64-unknown-linux-musl ;;
    *) stop "the architecture is arm64 or x86_64, not $1" ;;
    esac
    want "$tools" cargo-lambda cargo-lambda==1.9.2 ziglang==0.15.2
    if command -v rustup >/dev/null 2>&1; then rustup target add "$target"; fi
    # It hands what it does not know to `cargo metadata` too, which takes no --target-dir: hence the variable.
    CARGO_TARGET_DIR=$PWD/target/relay PATH=$PWD/$tools/bin:$PATH cargo lambda build --release --target "$target" \
        --manifest-path crates/relay-lambda/Cargo.toml --lambda-dir "$PWD/target/relay/lambda" --output-format zip
    cp target/relay/lambda/relay-lambda/bootstrap.zip target/relay/relay-lambda.zip
    ls -l target/relay/relay-lambda.zip
}

try_packed() {
    [ -f target/relay/relay-lambda.zip ] || stop "nothing is packed yet: scripts/relay.sh package x86_64"
    rm -rf target/relay/packed
    python3 -m zipfile -e target/relay/relay-lambda.zip target/relay/packed
    chmod +x target/relay/packed/bootstrap
    RELAY_LAMBDA_BINARY=$PWD/target/relay/packed/bootstrap cargo test --quiet \
        --manifest-path crates/relay-lambda/Cargo.toml --target-dir target/relay --test emulated
}

# SAM's own reading of it; scripts/check-template.sh has AWS's rules, is quick, and runs with the tests.
check() {
    want "$sam" sam aws-sam-cli==1.170.0
    AWS_DEFAULT_REGION=${AWS_DEFAULT_REGION:-ap-east-2} SAM_CLI_TELEMETRY=0 \
        "$sam/bin/sam" validate --lint --template-file deploy/aws/template.yaml
}

deploy() {
    check
    package "$1"
    ask owner "The owner's mail address (empty: no mails)" ""
    ask silent "Tell the owner when a till has been silent for so many minutes (0: never)" 0
    ask reserve "Reserve concurrency? A new AWS account cannot (yes/no)" no
    "$sam/bin/sam" deploy --template-file deploy/aws/template.yaml --stack-name "$stack" --resolve-s3 \
        --capabilities CAPABILITY_IAM --no-fail-on-empty-changeset --parameter-overrides \
        "Architecture=$1" "OwnerEmail=$owner" "SilentMinutes=$silent" "ReserveConcurrency=$reserve"
    echo "Write Address into the tills' settings.toml as relay.address, then open an account for each:"
    echo "  make relay-till NAME=T1"
}

till() {
    [ -n "$2" ] || stop "which till? NAME=T1"
    case $1 in add | revoke) ;; *) stop "till add NAME or till revoke NAME" ;; esac
    command -v aws >/dev/null 2>&1 || stop "the AWS command line (aws) is needed here, logged in"
    RELAY_TABLE=$(aws cloudformation describe-stacks --stack-name "$stack" --output text \
        --query "Stacks[0].Outputs[?OutputKey=='TableName'].OutputValue")
    export RELAY_TABLE
    eval "$(aws configure export-credentials --format env)"
    AWS_REGION=${AWS_REGION:-$(aws configure get region)}
    export AWS_REGION
    cargo run -q --manifest-path crates/relay-lambda/Cargo.toml --target-dir target/relay -- till "$1" "$2"
}

remove() {
    want "$sam" sam aws-sam-cli==1.170.0
    "$sam/bin/sam" delete --stack-name "$stack"
}

# A tool, in an environment of its own.
want() {
    folder=$1
    name=$2
    shift 2
    [ -x "$folder/bin/$name" ] && return 0
    [ -x "$folder/bin/python" ] || python3 -m venv "$folder"
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check "$@"
}

ask() {
    printf '%s [%s]: ' "$2" "$3"
    read -r answer || answer=
    eval "$1=\${answer:-\$3}"
}

stop() {
    echo "relay: $1" >&2
    exit 1
}

main "$@"
