/**
 * What `systemctl start` does with a unit of type `exec`, in bash: it runs the line ExecStart as a process group of its
 * own, without the environment of whoever asked, and comes back at once; when that has ended, in whatever way, it kills
 * what is left of the group and runs ExecStopPost, and when one of them fails it acts as FailureAction says
 * (https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html).
 */
export const systemctl = `name=
for argument in "$@"; do case $argument in stint-*.service) name=$argument ;; esac; done
if [ "$1" = start ]; then
  unit="$SANDBOX/root/run/systemd/system/$name"
  if [ ! -f "$unit" ]; then echo "Unit $name not found." >&2; exit 5; fi
  while IFS= read -r line; do
    case $line in
      Type=*) type=\${line#*=} ;;
      ExecStart=*) start=\${line#*=} ;;
      ExecStopPost=*) stop=\${line#*=} ;;
      FailureAction=*) action=\${line#*=} ;;
    esac
  done < "$unit"
  if [ "$type" != exec ]; then echo "Not simulated: $type" >&2; exit 1; fi
  execute() { "$SANDBOX/real/env" -i PATH="$PATH" SANDBOX="$SANDBOX" \${1/#'/bin/bash'/bash}; }
  if [ ! -f "$SANDBOX/unit-began" ]; then
    : > "$SANDBOX/unit-began"
    (
      set -m
      execute "$start" &
      echo $! > "$SANDBOX/unit-group"
      wait $!
      status=$?
      kill -KILL -- "-$!" 2>/dev/null
      execute "$stop" || status=$?
      if [ "$status" != 0 ]; then printf 'systemd\\t%s\\n' "$action" >> "$SANDBOX/record"; fi
      : > "$SANDBOX/unit-ended"
    ) 2>&1 &
  fi
fi
exit 0
`;
