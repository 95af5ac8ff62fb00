interface ShownState {
  readonly status: 'requested' | 'launching' | 'booting';
  /** What the provision waits for, for whoever waits with it. */
  readonly reason: string;
}

const launching = (reason: string): ShownState => ({ status: 'launching', reason });
const booting: ShownState = {
  status: 'booting',
  reason: 'The instance boots. Its runner has ten minutes to come online.',
};

/** The states of provision-runner as its caller sees them; a test holds them to the definition. */
export const provisionStates: Readonly<Record<string, ShownState>> = {
  ScheduleDestroy: { status: 'requested', reason: 'Its end is being scheduled.' },
  ResolveImage: { status: 'requested', reason: 'The newest image is being looked up.' },
  FirstRound: { status: 'requested', reason: 'The newest image is known.' },
  FetchJitConfig: launching('GitHub is asked for a runner configuration.'),
  RankCapacityPools: launching('The capacity pools are being put in order.'),
  IsSpotAllowed: launching('EC2 is asked for capacity.'),
  RequestSpotInstance: launching('EC2 is asked for a spot instance.'),
  RequestOnDemandInstance: launching('EC2 is asked for an on-demand instance.'),
  IsInstanceLaunched: launching('EC2 is asked for capacity.'),
  WaitForCapacity: launching(
    'No pool had capacity. All of them are asked again every minute, for ten minutes.',
  ),
  WaitForRunner: booting,
  CheckRunner: booting,
  IsRunnerReady: booting,
  DiscardRound: launching('EC2 took the instance away. Another one is asked for, on-demand.'),
  RunnerReady: { status: 'booting', reason: 'The runner is online.' },
  ProvisioningFailed: { status: 'booting', reason: 'The launch has failed.' },
};

const beginning: ShownState = { status: 'requested', reason: 'The request waits to begin.' };

/** Where a running provision is by the name of its state; before its first it is requested. */
export const shownStateOf = (state: string | undefined): ShownState =>
  (state === undefined ? undefined : provisionStates[state]) ?? beginning;
