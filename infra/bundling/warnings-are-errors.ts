import type { Plugin } from 'rolldown';

/**
 * Fails the build where rolldown only warns: an import that it does not find would be left for Lambda to look for.
 */
export const warningsAreErrors = (): Plugin => ({
  name: 'warnings-are-errors',
  onLog(level, log) {
    if (level === 'warn') this.error(log);
  },
});
