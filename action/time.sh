# Time. bash counts the seconds of this process in SECONDS.

elapsed() { printf '%d:%02d' $((SECONDS / 60)) $((SECONDS % 60)); }

remaining_seconds() { echo $((timeout_seconds - SECONDS)); }

# A trap waits for a command in the foreground to end, but not for `wait`.
sleep_for() {
  sleep "$1" &
  wait "$!" || true
}
