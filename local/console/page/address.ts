import { useEffect, useState } from 'preact/hooks';

/** What the page shows, as its URL has it (`#life=…&view=logs`): a reload or a shared link shows the same. */
export type Address = Readonly<Record<string, string>>;

export const readAddress = (hash: string): Address =>
  Object.fromEntries(new URLSearchParams(hash.replace(/^#/, '')));

/** An address with some of it changed; what becomes empty is gone. */
export const changedAddress = (address: Address, change: Address): Address =>
  Object.fromEntries(Object.entries({ ...address, ...change }).filter(([, value]) => value !== ''));

export const hashOf = (address: Address): string => `#${new URLSearchParams(address)}`;

/** The hash of another life, or of another execution of it; which view and filter are shown stays in the URL. */
export const lifeHash = (address: Address, life: string, execution = ''): string =>
  hashOf(changedAddress(address, { life, execution, state: '', view: '' }));

/** A filter that somebody types is no step to come back to; its names have a dot. */
const isStep = (change: Address): boolean => !Object.keys(change).every((name) => name.includes('.'));

/** The page's address, and how to change some of it. The browser's Back goes to the step before. */
export const useAddress = (): readonly [Address, (change: Address) => void] => {
  const [address, setAddress] = useState(() => readAddress(location.hash));
  useEffect(() => {
    const read = (): void => setAddress(readAddress(location.hash));
    addEventListener('popstate', read);
    return () => removeEventListener('popstate', read);
  }, []);
  const go = (change: Address): void => {
    const next = changedAddress(readAddress(location.hash), change);
    history[isStep(change) ? 'pushState' : 'replaceState'](null, '', hashOf(next));
    setAddress(next);
  };
  return [address, go];
};
