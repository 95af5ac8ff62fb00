import { Tables } from './aws/dynamodb/state.ts';
import type { FunctionInvoker, OnFunctionLog } from './aws/lambda/function-invoker.ts';
import { inProcessFunctions } from './aws/lambda/in-process-functions.ts';
import type { LocalCloudOptions } from './cloud-options.ts';
import { createLocalCloud, type LocalCloud } from './local-cloud.ts';
import { InFlight, installVirtualTime, type VirtualTime } from './time/virtual-time.ts';

export interface SimulationOptions extends Omit<LocalCloudOptions, 'functions' | 'tables'> {
  /** The time at which it begins. */
  readonly start: Date;
  readonly onLog?: OnFunctionLog;
  /** How far the functions' clocks are ahead of the cloud's. */
  readonly clockAheadSeconds?: number;
  /** Stands between whoever invokes a function and the function. */
  readonly between?: (invoker: FunctionInvoker) => FunctionInvoker;
}

export interface Simulation {
  readonly cloud: LocalCloud;
  readonly time: VirtualTime;
  /** Ends what the cloud started, and gives the real clock back. */
  end(): Promise<void>;
}

/**
 * The stack in this process and in virtual time: the sources of its functions, the real SDKs and the fake cloud,
 * without a socket. There is one at a time, for it replaces the global clock.
 */
export const createSimulation = async ({
  start,
  onLog = () => undefined,
  clockAheadSeconds = 0,
  between = (invoker) => invoker,
  ...options
}: SimulationOptions): Promise<Simulation> => {
  const inFlight = new InFlight();
  const tables = await Tables.of(options.stack.tables, inFlight);
  const time = installVirtualTime(start, inFlight);
  const { functions, place } = options.stack;
  const cloud = await createLocalCloud({
    ...options,
    tables,
    rations: { ...options.rations, pace: 'virtual' },
    functions: async ({ send }, onCloudLog) =>
      between(
        await inProcessFunctions({
          functions,
          region: place.region,
          send,
          onLog: (line) => {
            onCloudLog(line);
            onLog(line);
          },
          clockAheadSeconds,
        }),
      ),
  });
  return {
    cloud,
    time,
    end: async () => {
      await cloud.close();
      time.uninstall();
    },
  };
};
