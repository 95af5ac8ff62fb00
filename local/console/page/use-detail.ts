import { useEffect, useState } from 'preact/hooks';
import type { ExecutionDetail } from '../../control/snapshot.ts';
import type { ShownExecution } from '../console-state.ts';
import { call } from './call.ts';

const pathOf = ({ stateMachine, name }: Pick<ShownExecution, 'stateMachine' | 'name'>): string =>
  `/_local/executions?${new URLSearchParams({ state_machine: stateMachine, name })}`;

/** The chosen execution with its history, read again whenever that has grown or the execution has ended. */
export const useDetail = (execution: ShownExecution | undefined): ExecutionDetail | undefined => {
  const [detail, setDetail] = useState<ExecutionDetail>();
  const { stateMachine, name, status, eventCount } = execution ?? {};
  useEffect(() => {
    if (stateMachine === undefined || name === undefined) return undefined;
    let isWanted = true;
    void call('GET', pathOf({ stateMachine, name })).then((outcome) => {
      if (isWanted && outcome.ok) setDetail(outcome.answer as ExecutionDetail);
    });
    return () => {
      isWanted = false;
    };
  }, [stateMachine, name, status, eventCount]);
  return detail?.name === name ? detail : undefined;
};
