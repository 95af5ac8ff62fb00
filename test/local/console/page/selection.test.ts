import { describe, expect, test } from '@jest/globals';
import { chosenExecution } from '../../../../local/console/page/selection.ts';
import { execution, life } from './shown.ts';

const old = life({
  name: 'old',
  executions: [execution({ name: 'old', startedAt: 1 }), execution({ name: 'old-asked-1', startedAt: 9 })],
});
const young = life({ name: 'young', executions: [execution({ name: 'young', startedAt: 5 })] });
const lives = [young, old];

const chosen = (selection: Parameters<typeof chosenExecution>[1], of = lives) => {
  const found = chosenExecution(of, selection);
  return found && [found.life.name, found.execution.name];
};

describe('the chosen execution', () => {
  test('is the newest of all when none is chosen', () => {
    expect(chosen({})).toEqual(['old', 'old-asked-1']);
  });

  test("is a life's newest when only the life is chosen", () => {
    expect(chosen({ life: 'young' })).toEqual(['young', 'young']);
    expect(chosen({ life: 'old' })).toEqual(['old', 'old-asked-1']);
  });

  test('is the one that is chosen, whatever begins later', () => {
    expect(chosen({ life: 'old', execution: 'old' })).toEqual(['old', 'old']);
  });

  test('is the newest of all again when the life is no more', () => {
    expect(chosen({ life: 'gone', execution: 'gone' })).toEqual(['old', 'old-asked-1']);
  });

  test('is the one that failed of a life that failed, though its clean-up is newer', () => {
    const provision = execution({ name: 'bad', status: 'FAILED', startedAt: 2 });
    const cleanUp = execution({ name: 'bad-failed-1', startedAt: 20 });
    const failed = life({ name: 'bad', status: 'failed', executions: [provision, cleanUp] });

    expect(chosen({ life: 'bad' }, [failed])).toEqual(['bad', 'bad']);
    expect(chosen({ life: 'bad', execution: 'bad-failed-1' }, [failed])).toEqual(['bad', 'bad-failed-1']);
  });

  test.each(['TIMED_OUT', 'ABORTED'])('is the one that is %s of a life that failed by that', (status) => {
    const provision = execution({ name: 'bad', status, startedAt: 2 });
    const cleanUp = execution({ name: 'bad-failed-1', startedAt: 20 });

    expect(
      chosen({ life: 'bad' }, [life({ name: 'bad', status: 'failed', executions: [provision, cleanUp] })]),
    ).toEqual(['bad', 'bad']);
  });

  test('is none when there is none', () => {
    expect(chosen({}, [])).toBeUndefined();
  });
});
