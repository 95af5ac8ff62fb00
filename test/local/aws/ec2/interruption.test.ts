import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Clock, install } from '@sinonjs/fake-timers';
import { interruptSpotInstance } from '../../../../local/aws/ec2/interruption.ts';
import { Fleet, type InstanceDescription } from '../../../../local/aws/ec2/state.ts';

let clock: Clock;
beforeEach(() => {
  clock = install();
});
afterEach(() => clock.uninstall());

const launch = (fleet: Fleet, market: 'spot' | 'on-demand') => {
  const description: InstanceDescription = {
    imageId: 'ami-1',
    instanceType: 'c5.9xlarge',
    subnetId: 'subnet-1',
    availabilityZone: 'us-east-2a',
    market,
    tags: {},
    userData: '',
    clientToken: market,
    request: {},
  };
  return fleet.launch(description);
};

const newFleet = () => new Fleet({ onState: () => undefined });

describe('an interruption', () => {
  test('ends a spot instance with the reason that EC2 gives', () => {
    const fleet = newFleet();
    const instance = launch(fleet, 'spot');

    expect(interruptSpotInstance(fleet, instance.id)).toBe('interrupted');
    expect(instance).toMatchObject({
      state: 'shutting-down',
      stateReason: 'Server.SpotInstanceTermination',
    });
  });

  test('does nothing to an on-demand instance', () => {
    const fleet = newFleet();
    const instance = launch(fleet, 'on-demand');

    expect(interruptSpotInstance(fleet, instance.id)).toBe('on-demand');
    expect(instance.state).toBe('pending');
  });

  test('does nothing to an instance that is ending already', () => {
    const fleet = newFleet();
    const instance = launch(fleet, 'spot');
    fleet.end(instance, 'Client.UserInitiatedShutdown');

    expect(interruptSpotInstance(fleet, instance.id)).toBe('ended');
    expect(instance.stateReason).toBe('Client.UserInitiatedShutdown');
  });

  test('does nothing when there is no such instance', () => {
    expect(interruptSpotInstance(newFleet(), 'i-1')).toBe('unknown');
  });
});
