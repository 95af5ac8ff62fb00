import { expect, test } from '@jest/globals';
import { provisionStates } from '../../../functions/domain/status/provision-states.ts';
import { definitionText } from '../../../statemachine/definitions.ts';

test('the pause that the status tells of is the one that the state machine makes', () => {
  const { States: states } = JSON.parse(definitionText('provision-runner'));
  expect(provisionStates['WaitForCapacity']?.reason).toContain('asked again every minute');
  expect(states.WaitForCapacity.Seconds).toBe(60);
});
