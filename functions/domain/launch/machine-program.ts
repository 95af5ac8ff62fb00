/**
 * The part of a machine's script that is the same for every machine: bash, run by cloud-init as root, behind the
 * settings that differ. It never traces itself and never prints a setting: what it writes goes to the console,
 * which GetConsoleOutput shows. Files of its own, which the job must not change, belong to root and stand outside
 * RUNNER_HOME, which belongs to the runner.
 */
export const machineProgram = String.raw`
say() { echo "stint: $*"; }

die() {
  say "$*"
  exit 1
}

# Nothing below the trap can leave the machine running: an exit from wherever, a signal or the last line powers it
# off. Terminate-on-shutdown makes that the instance's end. A console that nobody reads must not prevent it.
power_off() {
  trap '' PIPE
  say "powering off"
  timeout 20 sync
  shutdown -P now || poweroff -f
}
trap power_off EXIT

# The machine's own deadline comes before anything that can fail or hang.
arm_shutdown() {
  local minutes=$(( (DEADLINE_EPOCH - $(date +%s)) / 60 ))
  [ "$minutes" -ge 1 ] || die "the deadline has passed"
  shutdown -P "+$minutes" || die "the shutdown at the deadline cannot be armed"
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

# The deployment's own script. What it writes to /run/stint-runner-home is where the runner is installed and run.
# It is given to bash, for nothing can be executed in /run.
run_boot_script() {
  [ -n "$BOOT_SCRIPT_BASE64" ] || return 0
  say "running the boot script"
  echo "$BOOT_SCRIPT_BASE64" | base64 -d > /run/stint-boot-script
  timeout --kill-after=10 300 bash -e /run/stint-boot-script \
    || die "the boot script failed with status $?, which is 124 when it took longer than 5 minutes"
  if [ -s /run/stint-runner-home ]; then RUNNER_HOME=$(cat /run/stint-runner-home); fi
  case $RUNNER_HOME in /?*) ;; *) die "the boot script set RUNNER_HOME to something that is no path" ;; esac
}

# Each try is bounded by curl, and all of them by timeout.
install_runner() {
  mkdir -p "$RUNNER_HOME"
  cd "$RUNNER_HOME" || die "there is no $RUNNER_HOME"
  say "downloading $DOWNLOAD_FILE"
  timeout --kill-after=10 400 curl --fail --silent --show-error --location --proto =https --connect-timeout 10 \
    --max-time 180 --retry 3 --retry-all-errors --retry-max-time 240 --output "$DOWNLOAD_FILE" "$DOWNLOAD_URL" \
    || die "the download failed"
  echo "$DOWNLOAD_SHA256  $DOWNLOAD_FILE" | sha256sum --check --status \
    || die "the checksum of $DOWNLOAD_FILE does not match"
  tar -xzf "$DOWNLOAD_FILE" || die "the archive cannot be unpacked"
  rm -f "$DOWNLOAD_FILE"
}

# A JIT configuration skips config.sh, and with it the check for these.
install_dependencies() {
  if ldconfig -p | grep -q 'libicuuc\.so'; then return 0; fi
  say "installing the runner's dependencies"
  DEBIAN_FRONTEND=noninteractive timeout --kill-after=10 240 ./bin/installdependencies.sh \
    > /run/stint-dependencies.log 2>&1 && return 0
  tail -n 5 /run/stint-dependencies.log
  die "the runner's dependencies cannot be installed"
}

# IMDSv2 (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html). Its absence
# only makes the job's log poorer.
metadata() {
  local value=
  if [ -n "$IMDS_TOKEN" ]; then
    value=$(curl --fail --silent --max-time 2 --header "X-aws-ec2-metadata-token: $IMDS_TOKEN" \
      "$IMDS/meta-data/$1" | tr -cd 'A-Za-z0-9._/-')
  fi
  [ -n "$value" ] || value=unknown
  echo "$value"
}

# What the job's log shows under "Set up job".
describe_machine() {
  IMDS=http://169.254.169.254/latest
  IMDS_TOKEN=$(curl --fail --silent --max-time 2 --request PUT \
    --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$IMDS/api/token")
  cat > .setup_info <<JSON
[{"group":"Stint","detail":"Runner: $RUNNER_NAME\nInstance: $(metadata instance-id), $(metadata instance-type), $ARCHITECTURE, $(metadata instance-life-cycle)\nZone: $(metadata placement/availability-zone)\nImage: $(metadata ami-id)\nThe machine is gone at $DEADLINE."}]
JSON
}

# GitHub's runner runs this before a job's first step, and fails the job when it fails
# (https://docs.github.com/actions/how-tos/manage-runners/self-hosted-runners/run-scripts). Nothing of the job's own
# environment reaches it. It is root's, and no job has been here before the one that it judges.
write_hook() {
  [ -n "$RUN_ID" ] || return 0
  mkdir -p /opt/stint && cat > /opt/stint/job-started.sh <<SCRIPT || die "the hook cannot be written"
shopt -s nocasematch
[[ \$GITHUB_RUN_ID == '$RUN_ID' && \$GITHUB_REPOSITORY == '$RUN_REPOSITORY' ]] && exit 0
echo '::error::This machine was made for run $RUN_ID of $RUN_REPOSITORY and takes no job of another run. Ask Stint for one of your own.'
exit 1
SCRIPT
  chmod 0755 /opt/stint/job-started.sh || die "the hook cannot be made to run"
  HOOK=ACTIONS_RUNNER_HOOK_JOB_STARTED=/opt/stint/job-started.sh
}

# The configuration goes to the runner in its environment, not in its arguments, which any process could list.
# run.sh exits with 0 whatever happened, so its status tells nothing.
run_runner() {
  chown -R runner:runner "$RUNNER_HOME"
  say "starting the runner"
  ACTIONS_RUNNER_INPUT_JITCONFIG="$JIT_CONFIG" \
    setpriv --reuid=runner --regid=runner --init-groups \
    env HOME=/home/runner USER=runner LOGNAME=runner $HOOK ./run.sh
  say "the runner has exited"
}

RUNNER_HOME=/opt/actions-runner
HOOK=
arm_shutdown
say "$RUNNER_NAME for $RUNNER_LABEL, until $DEADLINE"
stop_upgrades
make_user
run_boot_script
install_runner
install_dependencies
describe_machine
write_hook
run_runner
`;
