# Reads and checks what action.yml and GitHub put into the environment.

require_tools() {
  local tool missing=
  for tool in curl jq; do
    command -v "$tool" >/dev/null 2>&1 || missing="$missing $tool"
  done
  if [ -z "$missing" ]; then return; fi
  fail "This step needs curl and jq, and this machine lacks:$missing. Run it on \"runs-on: ubuntu-latest\", which has both, or install what is missing in a step before it."
}

# Says what is wrong with an input and ends the step.
reject() { fail "The input \"$1\" $2; it is \"$(one_line "$3")\"."; }

whole_number() {
  if [[ $2 =~ ^[1-9][0-9]{0,4}$ ]] && [ "$2" -le "$3" ]; then return; fi
  reject "$1" "must be a whole number from 1 to $3" "$2"
}

label_part() {
  if [[ $2 =~ ^[A-Za-z0-9_-]*$ ]]; then return; fi
  reject "$1" 'may have only letters, digits, "_" and "-"' "$2"
}

# Plain http is for a Stint on this machine alone.
read_endpoint() {
  endpoint=${STINT_ENDPOINT:-}
  while [ "${endpoint%/}" != "$endpoint" ]; do endpoint=${endpoint%/}; done
  local rest='[A-Za-z0-9._~:/%-]*$'
  if [[ $endpoint =~ ^https://[A-Za-z0-9]$rest ]]; then return; fi
  if [[ $endpoint =~ ^http://(127\.0\.0\.1|localhost)(:[0-9]+)?(/$rest|$) ]]; then return; fi
  reject endpoint 'must be the https:// URL of a Stint endpoint, without a query' "${STINT_ENDPOINT:-}"
}

# Sets `architectures` to a JSON array.
read_architectures() {
  local architecture given seen=' '
  given=$(printf '%s' "${STINT_ARCHITECTURES:-}" | tr ',\n\r\t' '    ')
  for architecture in $given; do
    case $seen in *" $architecture "*) reject architectures "must name \"$architecture\" only once" "$given" ;; esac
    case $architecture in
      x86_64 | arm64) seen="$seen$architecture " ;;
      *) reject architectures 'may have only "x86_64" and "arm64"' "$given" ;;
    esac
  done
  if [ "$seen" = ' ' ]; then reject architectures 'must name "x86_64", "arm64" or both' "$given"; fi
  architectures=$(jq -cn --arg seen "$seen" '$seen | split(" ") | map(select(. != ""))')
}

# GitHub's own names for the run. In a pull request from a fork the repository is the base's, where the run is.
read_run() {
  repository=${GITHUB_REPOSITORY:-}
  run_id=${GITHUB_RUN_ID:-}
  attempt=${GITHUB_RUN_ATTEMPT:-}
  if [[ $repository == */* && $run_id =~ ^[0-9]+$ && $attempt =~ ^[0-9]+$ ]]; then return; fi
  fail 'This is no step of a workflow: GITHUB_REPOSITORY, GITHUB_RUN_ID or GITHUB_RUN_ATTEMPT is not set.'
}

# 42 characters are the longest that every name made of a label has room for.
read_label() {
  label_part prefix "${STINT_PREFIX:-}"
  label_part suffix "${STINT_SUFFIX:-}"
  label_part label "${STINT_LABEL:-}"
  label=$STINT_PREFIX${run_id}_$attempt${STINT_SUFFIX:+_$STINT_SUFFIX}
  if [ "$mode" = stop ]; then label=${STINT_LABEL:-$label}; fi
  if [ "${#label}" -gt 42 ]; then
    fail "The label \"$label\" has ${#label} characters, and 42 are the most. Take a shorter \"suffix\"."
  fi
  # A label has no character that JSON would escape.
  destroy_request="{\"operation\":\"destroy\",\"label\":\"$label\"}"
}

read_inputs() {
  mode=${STINT_MODE:-}
  case $mode in start | stop) ;; *) reject mode 'must be "start" or "stop"' "$mode" ;; esac
  read_endpoint
  read_architectures
  read_run
  read_label
  whole_number timeout-seconds "${STINT_TIMEOUT_SECONDS:-}" 21600
  whole_number poll-seconds "${STINT_POLL_SECONDS:-}" 60
  timeout_seconds=$STINT_TIMEOUT_SECONDS
  poll_seconds=$STINT_POLL_SECONDS
}
