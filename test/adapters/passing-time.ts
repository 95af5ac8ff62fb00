import { InFlight, installVirtualTime, type VirtualTime } from '../../local/time/virtual-time.ts';

export const now = new Date('2026-03-01T10:00:00Z');

/** Virtual time in which calls are answered at once, and the SDKs' own pauses take none of ours. */
export const passingTime = () => {
  const time: VirtualTime = installVirtualTime(now, new InFlight());
  return {
    advance: (seconds: number) => time.advance(seconds),
    end: () => time.uninstall(),
    /** The result of a call, however long it pauses between its tries. */
    until: async <T>(work: Promise<T>): Promise<T> => {
      let isSettled = false;
      const settle = () => {
        isSettled = true;
      };
      work.then(settle, settle);
      await time.advanceUntil(() => isSettled, 120);
      return work;
    },
  };
};

export type PassingTime = ReturnType<typeof passingTime>;
