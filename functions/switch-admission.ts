import { ssmAdmissionSwitch, ssmAdmissionSwitchSetter } from './adapters/aws/ssm-admission-switch.ts';
import { budgetMove, type SwitchReader, type SwitchSetter } from './domain/admission/admission-switch.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';
import type { Log } from './runtime/log.ts';

/**
 * What CloudWatch tells of an alarm whose state has changed
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html).
 */
export interface AlarmEvent {
  readonly alarmData: {
    readonly state: { readonly value: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' };
  };
}

export interface SwitchAdmissionPorts {
  readonly admission: SwitchReader & SwitchSetter;
  readonly log: Log;
}

/** Closes admission when the budget of runner-hours is used up, and opens it again when it is not any more. */
export const switchAdmission =
  ({ admission, log }: SwitchAdmissionPorts, runnerHoursPerDay: number) =>
  async ({ alarmData: { state } }: AlarmEvent): Promise<void> => {
    if (state.value === 'INSUFFICIENT_DATA') return log('the budget is not known', { state: state.value });
    const position = await admission.position();
    const next = budgetMove(position, state.value === 'ALARM', runnerHoursPerDay);
    if (next !== undefined) await admission.setPosition(next);
    log(next === undefined ? 'the switch is left as it is' : 'the budget moves the switch', {
      state: state.value,
      position: next ?? position,
    });
  };

export const assemble: Assemble<AlarmEvent, void> = ({ aws, log, settings }) => {
  const { admissionSwitchParameter, runnerHoursPerDay } = settings(
    'admissionSwitchParameter',
    'runnerHoursPerDay',
  );
  const admission = {
    ...ssmAdmissionSwitch(aws, admissionSwitchParameter),
    ...ssmAdmissionSwitchSetter(aws, admissionSwitchParameter),
  };
  return switchAdmission({ admission, log }, runnerHoursPerDay);
};

export const handler = lambda(assemble);
