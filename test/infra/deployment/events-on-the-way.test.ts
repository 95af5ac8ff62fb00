import { describe, expect, test } from '@jest/globals';
import { randomOf } from '../../campaign/random.ts';
import { type Delivery, deliveriesOf, deliveryPolicies, refusedNeeds } from '../deliveries.ts';
import { templateOf } from '../synthesis.ts';
import type { SynthesizedTemplate } from '../template.ts';
import { withNewCode, withoutAliases } from './next-deployment.ts';
import { type Choose, type Moment, momentsOfUpdate } from './stack-update.ts';

const deployed = await templateOf({ alarmEmail: 'operator@stint.example' });

const first =
  (types: readonly string[]): Choose =>
  (ids, typeOf) =>
    ids.find((id) => types.includes(typeOf(id))) ?? ids[0] ?? '';

const callers = [
  'AWS::Events::Rule',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::CloudWatch::Alarm',
];

/** CloudFormation promises no order among those that do not need each other. */
const orders: readonly (readonly [string, Choose])[] = [
  ['in the template’s order', (ids) => ids[0] ?? ''],
  ['the other way round', (ids) => ids.at(-1) ?? ''],
  ['callers as early as they can', first(callers)],
  ['permissions as early as they can', first(['AWS::Lambda::Permission'])],
  ...Array.from({ length: 8 }, (_, seed) => {
    const random = randomOf(`order ${seed}`);
    return [`by chance ${seed}`, (ids: readonly string[]) => random.pick(ids)] as const;
  }),
];

const known = new Map<string, Promise<readonly string[]>>();

/** What cannot be delivered at the moment, for want of a permission or of whoever should take it. */
const lost = async (moment: Moment): Promise<readonly string[]> => {
  const policies = deliveryPolicies(moment);
  const callees = ['AWS::Lambda::Version', 'AWS::Lambda::Alias'].flatMap((type) =>
    moment.resources(type).map(({ ids }) => ids.ref),
  );
  const refused = (delivery: Delivery): Promise<readonly string[]> => {
    const parties = delivery.needs.flatMap(({ principal, request }) => [principal, request.resource]);
    const question = JSON.stringify([
      delivery,
      parties.map((arn) => [policies.ofRoles[arn], policies.ofResources[arn]]),
    ]);
    const answer = known.get(question) ?? refusedNeeds(delivery, policies);
    known.set(question, answer);
    return answer;
  };
  const deliveries = deliveriesOf(moment);
  const absent = deliveries
    .flatMap(({ needs }) => needs.map(({ request }) => request.resource))
    .filter((arn) => arn.startsWith('arn:aws:lambda:') && !callees.includes(arn));
  return [...absent, ...(await Promise.all(deliveries.map(refused))).flat()];
};

const lostOnTheWay = async (
  before: SynthesizedTemplate,
  after: SynthesizedTemplate,
  choose: Choose,
): Promise<{ readonly steps: number; readonly lost: readonly string[] }> => {
  const found: string[] = [];
  /** Of what is there no more afterwards, nobody minds that it is not delivered. */
  const leaving = Object.keys(before.template.Resources).filter((id) => !(id in after.template.Resources));
  const isLeaving = (what: string): boolean => leaving.some((id) => what.startsWith(`${id} to `));
  let steps = 0;
  for (const { step, moment } of momentsOfUpdate(before, after, choose)) {
    steps += 1;
    const missed = (await lost(moment)).filter((what) => !isLeaving(what));
    found.push(...missed.map((what) => `${step}: ${what}`));
  }
  return { steps, lost: found };
};

describe('a second deployment', () => {
  const next = withNewCode(deployed);

  test.each(orders)('of other code loses nothing at any moment, %s', async (_, choose) => {
    const { steps, lost } = await lostOnTheWay(deployed, next, choose);
    expect(steps).toBeGreaterThan(50);
    expect(lost).toEqual([]);
  });

  test('of other settings loses nothing at any moment', async () => {
    const settings = { alarmEmail: 'other@stint.example', lifetimeMinutes: 45, zones: 2, admission: 'open' };
    const changed = withNewCode(await templateOf(settings));
    for (const [, choose] of orders.slice(0, 4))
      await expect(lostOnTheWay(deployed, changed, choose)).resolves.toMatchObject({ lost: [] });
  });

  test('would lose events if rules, routes and alarms named versions', async () => {
    const { lost } = await lostOnTheWay(
      withoutAliases(deployed),
      withNewCode(withoutAliases(deployed)),
      first(callers),
    );
    for (const caller of ['events', 'apigateway', 'lambda.alarms.cloudwatch'])
      expect(lost.join('\n')).toContain(`${caller}.amazonaws.com may not lambda:InvokeFunction`);
  });
});
