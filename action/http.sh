# Requests to the endpoint. The last answer is in $work/body and $work/headers, its status in `status`.

# Connection failures, 5xx, answers that are not Stint's and refusals that GitHub's lag can cause are tried again after
# these seconds.
few_waits='2 4 8 16 30'
most_kilobytes=1000

# Sets `arguments` to curl's for a request: method, path, body (empty for none), and its most seconds.
prepare() {
  arguments=(--disable --silent --show-error --globoff --proto '=http,https'
    --connect-timeout 10 --max-time "$4" --request "$1" --user-agent stint-action
    --header 'accept: application/json, application/problem+json'
    --dump-header "$work/headers" --output "$work/body" --write-out '%{http_code}' --url "$endpoint$2")
  if [ -n "$3" ]; then
    printf '%s' "$3" >"$work/request"
    arguments+=(--header 'content-type: application/json' --data-binary "@$work/request")
  fi
  : >"$work/headers"
  : >"$work/body"
}

# curl's own --max-filesize lets an answer of unknown length pass: the system's limit on the files that it writes does not.
# For a subshell: it becomes curl, so that whoever ends it ends the request.
become_curl() {
  ulimit -f "$most_kilobytes"
  exec curl "${arguments[@]}"
}

# Why curl failed, by its exit code. 153 is the end by SIGXFSZ; where that signal is ignored, writing fails with 23.
curl_failure() {
  case $1 in
    23 | 153) printf 'its answer has more than %s KB' "$most_kilobytes" ;;
    *) one_line "$(cat "$work/error")" ;;
  esac
}

# Sends one request and sets `status` to the answer's, or to 000 when no answer came.
send() {
  prepare "$@"
  become_curl >"$work/status" 2>"$work/error" &
  if wait "$!"; then
    status=$(cat "$work/status")
  else
    failure=$(curl_failure "$?")
    status=000
  fi
}

# Sends one request and looks at no answer. It runs in the trap, too: there bash's `wait` can return at once, so
# curl is in the foreground.
send_and_forget() {
  prepare "$@"
  (become_curl) >/dev/null 2>&1 || true
}

is_stints() { jq -es -L "$here/jq" 'include "answer"; is_listing' "$work/body" >/dev/null 2>&1; }

# Whether GitHub may only not show yet what this run is: it lags behind its own runs by seconds.
is_lag() { jq -eRs -L "$here/jq" 'include "answer"; is_lag' "$work/body" >/dev/null; }

# What the last answer says, as one harmless line.
problem() {
  if [ "$status" = 000 ]; then
    printf 'The endpoint did not answer (%s)' "$failure"
  else
    printf 'The endpoint answered %s: %s' "$status" \
      "$(jq -Rrs -L "$here/jq" 'include "answer"; problem' "$work/body")"
  fi
}

# Whether the last answer may be another one in a while: `settled`, `patience` (the endpoint asks for some),
# or `few` (a few tries are worth it).
outlook() {
  case $status in
    429 | 503) echo patience ;;
    000 | 5??) echo few ;;
    403) if is_lag; then echo few; else echo settled; fi ;;
    2??) if is_stints; then echo settled; else echo few; fi ;;
    *) echo settled ;;
  esac
}

# How many seconds to wait before try number $1 + 1; the endpoint's word, when it gave one, is law.
wait_before_retry() {
  local fallback asked
  fallback=$(cut -d ' ' -f "$(($1 < 5 ? $1 : 5))" <<<"$few_waits")
  asked=$(jq -Rrs -L "$here/jq" 'include "answer"; retry_after_seconds(now)' "$work/headers")
  echo "${asked:-$fallback}"
}

# Asks until the answer is settled (status 0), or there is no use in asking on (status 1, and `why` says why).
ask() {
  local tries=0 few=0 wait_seconds time_left
  while :; do
    time_left=$(remaining_seconds)
    send "$1" "$2" "$3" "$((time_left < 1 ? 1 : time_left < 35 ? time_left : 35))"
    tries=$((tries + 1))
    case $(outlook) in
      settled) return 0 ;;
      few) few=$((few + 1)) ;;
    esac
    if [ "$few" -gt 5 ]; then
      why="$(problem). That was try number $tries."
      return 1
    fi
    wait_seconds=$(wait_before_retry "$tries")
    if [ "$wait_seconds" -ge "$(remaining_seconds)" ]; then
      why="$(problem). The time-out of $timeout_seconds seconds leaves no time to ask again in $wait_seconds."
      return 1
    fi
    printf '%s  %s. Asking again in %s seconds.\n' "$(elapsed)" "$(problem)" "$wait_seconds"
    sleep_for "$wait_seconds"
  done
}
