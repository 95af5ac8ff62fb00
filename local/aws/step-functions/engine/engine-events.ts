import type { HistoryDetails } from './history.ts';

/** An event as `aws-local-stepfunctions` tells it. */
export interface EngineEvent {
  readonly type: string;
  readonly state?: {
    readonly name: string;
    readonly type: string;
    readonly input?: unknown;
    readonly output?: unknown;
  };
  readonly Error?: string;
  readonly Cause?: unknown;
}

const failure = ({ state, Error: error = 'Unknown', Cause: cause }: EngineEvent): HistoryDetails => {
  const at = state === undefined ? {} : { state: state.name };
  if (error === 'States.Timeout') return { type: 'LambdaFunctionTimedOut', ...at, error };
  return { type: 'LambdaFunctionFailed', ...at, error, cause: String(cause ?? '') };
};

/** An event of the engine's in the words of Step Functions; those that AWS does not have give nothing. */
export const historyDetails = (event: EngineEvent): HistoryDetails | undefined => {
  const { state, type } = event;
  if (state === undefined) return undefined;
  if (type === 'StateEntered')
    return { type: `${state.type}StateEntered`, state: state.name, input: JSON.stringify(state.input) };
  if (type === 'StateExited')
    return { type: `${state.type}StateExited`, state: state.name, output: JSON.stringify(state.output) };
  return type === 'StateFailed' && state.type === 'Task' ? failure(event) : undefined;
};
