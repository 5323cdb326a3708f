import { expect, it } from 'vitest';
import { MissingError } from '../../../core/floor.ts';
import { loadOptional } from './loadOptional.ts';

it('loads a package, or says which one is missing, what for, and how it is installed', async () => {
  expect(await loadOptional(() => import('yauzl'), 'yauzl', 'a.zip: unpacking')).toHaveProperty('openPromise');
  const name: string = 'ductus-has-no-such-package';
  const load = (install?: string) => loadOptional(() => import(name), name, 'a.zip: unpacking', install);
  await expect(load()).rejects.toThrow(MissingError);
  await expect(load()).rejects.toThrow(
    `a.zip: unpacking: needs the optional package ${name}, which could not be loaded (`,
  );
  await expect(load()).rejects.toThrow(`); install it with: npm install ${name}`);
  await expect(load(`--ignore-scripts ${name}`)).rejects.toThrow(`npm install --ignore-scripts ${name}`);
});
