export default {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/synthesize-stack.js',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // Jest leaves a core idle by default, which on two cores is half of the machine.
  maxWorkers: '100%',
  // Whole lives share the machine with the campaign's processes.
  testTimeout: 30_000,
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/strip-types.js' },
};
