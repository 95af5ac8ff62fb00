/** What a bundle may weigh, in KB of 1,000 bytes, and how long it may load, over an empty module. */
export interface BundleLimits {
  readonly kilobytes: number;
  readonly loadMs: number;
}

const authenticatesAsApp = (sources: readonly string[]): boolean =>
  sources.some((source) => source.startsWith('node_modules/@octokit/auth-app/'));

/** The limits of a bundle by the sources in its map: one that can authenticate as a GitHub App may weigh more. */
export const limitsOf = (sources: readonly string[]): BundleLimits => ({
  kilobytes: authenticatesAsApp(sources) ? 400 : 280,
  loadMs: 45,
});
