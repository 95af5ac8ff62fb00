/**
 * The part of a machine's script that is the same for every machine: bash, run as root, behind the settings that
 * differ. cloud-init runs it once, without an argument: it arms the machine's end and starts a unit of systemd, which
 * runs the same file with `run`, and at its end with `off`. So cloud-init comes to its own end, and nothing that a job
 * does to cloud-init or to the libraries it uses ends the job.
 *
 * It never traces itself and never prints a setting: what it writes goes to the console, which GetConsoleOutput
 * shows. Files of its own, which the job must not change, belong to root and stand outside RUNNER_HOME, which
 * belongs to the runner.
 */
export const machineProgram = String.raw`
say() { echo "stint: $*"; }

die() {
  say "$*"
  exit 1
}

# Terminate-on-shutdown makes this the instance's end. A console that nobody reads must not prevent it.
power_off() {
  trap '' PIPE
  say "powering off"
  timeout 20 sync
  shutdown -P now || poweroff -f
}

# The machine's own deadline comes before anything that can fail or hang.
arm_shutdown() {
  local minutes=$(( (DEADLINE_EPOCH - $(date +%s)) / 60 ))
  [ "$minutes" -ge 1 ] || die "the deadline has passed"
  shutdown -P "+$minutes" || die "the shutdown at the deadline cannot be armed"
}

# Whatever ends the unit powers the machine off: systemd runs the last line also when the first one cannot be started,
# and acts by itself where even that fails. A test of the job's that runs out of memory must not end its runner, nor
# may needrestart, which restarts the services whose libraries a job has upgraded.
write_unit() {
  mkdir -p /run/systemd/system && cat > /run/systemd/system/stint-runner.service <<UNIT
[Unit]
Description=The runner of GitHub Actions
RefuseManualStop=yes
FailureAction=poweroff-force
[Service]
Type=exec
ExecStart=/bin/bash $0 run
ExecStopPost=/bin/bash $0 off
StandardOutput=journal+console
StandardError=journal+console
TimeoutStopSec=30
TasksMax=infinity
OOMPolicy=continue
UNIT
}

# Nothing below the trap can leave the machine running without its unit.
start_unit() {
  trap power_off EXIT
  arm_shutdown
  say "$RUNNER_NAME for $RUNNER_LABEL, until $DEADLINE"
  write_unit || die "the runner's unit cannot be written"
  systemctl daemon-reload && timeout 90 systemctl start stint-runner.service \
    || die "the runner's unit cannot be started"
  trap - EXIT
}

# Upgrades hold apt's lock, which the boot and the job may need, and one that runs delays a shutdown. The machine
# lives for an hour, with the newest image.
stop_upgrades() {
  timeout --kill-after=5 30 systemctl stop apt-daily.timer apt-daily-upgrade.timer \
    apt-daily.service apt-daily-upgrade.service >/dev/null 2>&1
}

make_user() {
  id runner >/dev/null 2>&1 || useradd --create-home --shell /bin/bash runner || die "the user runner cannot be made"
  echo 'runner ALL=(ALL) NOPASSWD:ALL' > /etc/sudoers.d/90-stint-runner || die "sudo cannot be allowed"
  chmod 0440 /etc/sudoers.d/90-stint-runner
}

# Runs a part of the preparation, and notes how long it took.
timed() {
  local part=$1 began=$SECONDS
  shift
  "$@"
  TIMELINE="$TIMELINE, $part $((SECONDS - began)) s"
}

# The deployment's own script. What it writes to /run/stint-runner-home is where the runner is installed and run.
# It is given to bash, for nothing can be executed in /run.
run_boot_script() {
  say "running the boot script"
  echo "$BOOT_SCRIPT_BASE64" | base64 -d > /run/stint-boot-script
  timeout --kill-after=10 300 bash -e /run/stint-boot-script \
    || die "the boot script failed with status $?, which is 124 when it took longer than 5 minutes"
  if [ -s /run/stint-runner-home ]; then RUNNER_HOME=$(cat /run/stint-runner-home); fi
  case $RUNNER_HOME in /?*) ;; *) die "the boot script set RUNNER_HOME to something that is no path" ;; esac
}

# Beside the boot script, which may mount something over any folder but this one. Each try is bounded by curl, and
# all of them by timeout.
download() {
  local began=$SECONDS
  say "downloading $DOWNLOAD_FILE"
  timeout --kill-after=10 400 curl --fail --silent --show-error --location --proto =https --connect-timeout 10 \
    --max-time 180 --retry 3 --retry-all-errors --retry-max-time 240 --output "$ARCHIVE" "$DOWNLOAD_URL" \
    || die "the download failed"
  echo "$DOWNLOAD_SHA256  $ARCHIVE" | sha256sum --check --status \
    || die "the checksum of $DOWNLOAD_FILE does not match"
  echo $((SECONDS - began)) > /opt/stint/download-seconds
}

unpack() {
  mkdir -p "$RUNNER_HOME"
  cd "$RUNNER_HOME" || die "there is no $RUNNER_HOME"
  tar -xzf "$ARCHIVE" || die "the archive cannot be unpacked"
  rm -f "$ARCHIVE"
}

# A JIT configuration skips config.sh, and with it the check for these. Noble's images have them.
install_dependencies() {
  if ldconfig -p | grep -q 'libicuuc\.so'; then return 0; fi
  say "installing the runner's dependencies"
  DEBIAN_FRONTEND=noninteractive timeout --kill-after=10 240 ./bin/installdependencies.sh \
    > /run/stint-dependencies.log 2>&1 && return 0
  tail -n 5 /run/stint-dependencies.log
  die "the runner's dependencies cannot be installed"
}

# IMDSv2 (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html), with a token for as
# long as a machine can live.
IMDS=http://169.254.169.254/latest
get_imds_token() {
  IMDS_TOKEN=$(curl --fail --silent --max-time 2 --request PUT \
    --header 'X-aws-ec2-metadata-token-ttl-seconds: 21600' "$IMDS/api/token")
}

metadata() {
  [ -n "$IMDS_TOKEN" ] && curl --fail --silent --max-time 2 --header "X-aws-ec2-metadata-token: $IMDS_TOKEN" \
    "$IMDS/meta-data/$1"
}

# Its absence only makes the job's log poorer.
fact() {
  local value
  value=$(metadata "$1" | tr -cd 'A-Za-z0-9._/-')
  [ -n "$value" ] || value=unknown
  echo "$value"
}

read_facts() {
  LIFE_CYCLE=$(fact instance-life-cycle)
  FACTS="Instance: $(fact instance-id), $(fact instance-type), $ARCHITECTURE, $LIFE_CYCLE\nZone: $(fact placement/availability-zone)\nImage: $(fact ami-id)"
}

# What the job's log shows under "Set up job". It is replaced whole, for the runner may be reading it.
describe_machine() {
  cat > .setup_info.new <<JSON && mv .setup_info.new .setup_info
[{"group":"Stint","detail":"Runner: $RUNNER_NAME\n$FACTS\nTimeline: $TIMELINE\nThe machine is gone at $DEADLINE."}]
JSON
}

# GitHub's runner runs this before anything of a job's
# (https://docs.github.com/actions/how-tos/manage-runners/self-hosted-runners/run-scripts). Its failure would fail one
# step, and steps with "if: always()" would run all the same; so it ends the worker, which alone runs steps, and is its
# parent. The listener then tells GitHub that the job has failed, with what the worker's standard error says, and the
# machine ends with the listener, or without it. Nothing of the job's own environment reaches the hook. It is root's,
# and no job has been here before the one that it judges.
write_hook() {
  [ -n "$RUN_ID" ] || return 0
  cat > /opt/stint/job-started.sh <<SCRIPT || die "the hook cannot be written"
trap '' HUP INT TERM PIPE
shopt -s nocasematch
[[ \$GITHUB_RUN_ID == '$RUN_ID' && \$GITHUB_REPOSITORY == '$RUN_REPOSITORY' ]] && exit 0
said='This machine was made for run $RUN_ID of $RUN_REPOSITORY and takes no job of another run. Ask Stint for one of your own.'
echo "::error::\$said" || :
{ echo "\$said" > /proc/\$PPID/fd/2; } 2>/dev/null || :
kill -KILL \$PPID || :
sleep 10
sudo -n shutdown -P now || sudo -n poweroff -f
exit 1
SCRIPT
  chmod 0755 /opt/stint/job-started.sh || die "the hook cannot be made to run"
  HOOK=ACTIONS_RUNNER_HOOK_JOB_STARTED=/opt/stint/job-started.sh
}

# EC2 tells of an interruption two minutes before it
# (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html). Its job fails at once
# instead of when GitHub misses the machine; a runner without one takes none any more. The machine waits for EC2, which
# charges nothing for a first hour that it ends itself. Nothing rests on this: a job may end it.
watch_interruption() {
  [ "$LIFE_CYCLE" = spot ] || return 0
  until metadata spot/instance-action; do sleep 5; done >/dev/null
  say "EC2 takes this machine away within two minutes, for it needs the capacity"
  : > /run/stint-interrupted
  local worker
  worker=$(pgrep -o -x Runner.Worker) || { pkill -KILL -x Runner.Listener; return 0; }
  echo "EC2 takes this machine away (spot interruption): run the workflow again." > "/proc/$worker/fd/2"
  kill -KILL "$worker"
}

# Passes on what the runner prints. By one line it is known to be online.
follow_runner() {
  trap '' PIPE
  local line is_online=
  while IFS= read -r line; do
    echo "$line"
    [[ -z $is_online && $line == *'Listening for Jobs' ]] || continue
    is_online=yes
    TIMELINE="$TIMELINE, runner online $((SECONDS - STARTED)) s"
    say "timeline: $TIMELINE"
    describe_machine
  done
}

# What the runner printed last tells why it ended; something that it left behind may keep the pipe open for ever.
await_follower() {
  local _
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    kill -0 "$FOLLOWER" 2>/dev/null || return 0
    sleep 0.2
  done
}

# The configuration goes to the runner in its environment, not in its arguments, which any process could list.
# run.sh exits with 0 whatever happened, so its status tells nothing.
run_runner() {
  chown -R runner:runner "$RUNNER_HOME"
  say "starting the runner"
  STARTED=$SECONDS
  exec 3> >(follow_runner)
  FOLLOWER=$!
  ACTIONS_RUNNER_INPUT_JITCONFIG="$JIT_CONFIG" \
    setpriv --reuid=runner --regid=runner --init-groups \
    env HOME=/home/runner USER=runner LOGNAME=runner $HOOK ./run.sh >&3 2>&3 3>&-
  exec 3>&-
  await_follower
  say "the runner has exited"
  if [ -e /run/stint-interrupted ]; then sleep 150; fi
}

prepare_and_run() {
  local since_boot=0
  RUNNER_HOME=/opt/actions-runner
  ARCHIVE=/opt/stint/$DOWNLOAD_FILE
  HOOK=
  IFS=. read -r since_boot _ < /proc/uptime
  TIMELINE="boot $since_boot s"
  mkdir -p /opt/stint || die "there is no room for the runner"
  download &
  local downloading=$!
  stop_upgrades
  make_user
  if [ -n "$BOOT_SCRIPT_BASE64" ]; then timed "boot script" run_boot_script; fi
  wait "$downloading" || exit 1
  TIMELINE="$TIMELINE, download $(cat /opt/stint/download-seconds) s"
  timed unpack unpack
  timed dependencies install_dependencies
  get_imds_token
  read_facts
  describe_machine
  write_hook
  watch_interruption &
  run_runner
}

case $1 in
  run) prepare_and_run ;;
  off) power_off ;;
  *) start_unit ;;
esac
`;
