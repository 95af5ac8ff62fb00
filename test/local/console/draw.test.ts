import { describe, expect, test } from '@jest/globals';
import { draw } from '../../../local/console/draw.ts';
import type { Drawing, PlacedState, Point } from '../../../local/console/drawing.ts';
import { definitionText, stateMachineNames } from '../../../statemachine/definitions.ts';
import { drawnStates, transitions } from '../../../statemachine/transitions.ts';

const drawingOf = (name: (typeof stateMachineNames)[number]): Promise<Drawing> =>
  draw({ name, arn: 'arn', roleArn: 'role', definition: definitionText(name) });

const overlap = (a: PlacedState, b: PlacedState): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Whether a point lies on the border of a state, or within a unit of it. */
const touches = ({ x, y, width, height }: PlacedState, point: Point | undefined): boolean =>
  point !== undefined &&
  point.x >= x - 1 &&
  point.x <= x + width + 1 &&
  point.y >= y - 1 &&
  point.y <= y + height + 1;

describe.each(stateMachineNames)('the drawing of %s', (name) => {
  test('has every state and every arrow of the definition', async () => {
    const drawing = await drawingOf(name);

    expect(drawing.stateMachine).toBe(name);
    expect(drawing.states.map((state) => [state.name, state.type])).toEqual(
      drawnStates(definitionText(name)).map((state) => [state.name, state.type]),
    );
    expect(drawing.transitions.map(({ from, to, kind }) => ({ from, to, kind }))).toEqual(
      transitions(definitionText(name)).map(({ from, to, kind }) => ({ from, to, kind })),
    );
  });

  test('lays no state over another, and none outside', async () => {
    const { states, width, height } = await drawingOf(name);
    const pairs = states.flatMap((a, index) => states.slice(index + 1).map((b) => [a, b] as const));

    expect(pairs.filter(([a, b]) => overlap(a, b))).toEqual([]);
    expect(
      states.filter((s) => s.x < 0 || s.y < 0 || s.x + s.width > width || s.y + s.height > height),
    ).toEqual([]);
  });

  test('leads each arrow from its state to its state at right angles', async () => {
    const { states, transitions: arrows } = await drawingOf(name);
    const byName = new Map(states.map((state) => [state.name, state]));

    for (const { from, to, points } of arrows) {
      expect(touches(byName.get(from) as PlacedState, points[0])).toBe(true);
      expect(touches(byName.get(to) as PlacedState, points.at(-1))).toBe(true);
      const bends = points.slice(1).map((point, index) => [point, points[index]] as const);
      expect(
        bends.every(([a, b]) => Math.abs(a.x - (b?.x ?? 0)) < 1 || Math.abs(a.y - (b?.y ?? 0)) < 1),
      ).toBe(true);
    }
  });

  test('goes down from the first state', async () => {
    const { states } = await drawingOf(name);
    const [first, ...others] = states;

    expect(others.every(({ y }) => y > (first?.y ?? 0))).toBe(true);
  });
});

test('an arrow of a choice has the words that it stands for', async () => {
  const { transitions: arrows } = await drawingOf('provision-runner');
  const words = arrows
    .filter(({ from, kind }) => from === 'IsInstanceLaunched' && kind !== 'caught')
    .map(({ to, label }) => [label?.text, to]);

  expect(words).toEqual([
    ['launched', 'WaitForBoot'],
    ['wait', 'WaitForCapacity'],
    ['else', 'TakeTurn'],
  ]);
});
