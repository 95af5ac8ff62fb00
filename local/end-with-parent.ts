const lookMs = 500;

/**
 * Calls `end` once when the process that started this one is gone: who kills npm means what it runs, and npm cannot
 * pass on a SIGKILL. To be called while the clock is still the real one.
 */
export const endWithParent = (end: () => void): void => {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    end();
  }, lookMs);
  timer.unref();
};
