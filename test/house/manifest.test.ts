// What must hold in the manifests: exact versions, nothing that runs at install, heavy packages optional.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFiles, readManifest, root } from './project.ts';

interface LockedPackage {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly hasInstallScript?: boolean;
}

const manifest = readManifest();
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Readonly<Record<string, LockedPackage>>;
};

/** Where the lock file puts a dependency of the package at `from`: the nearest node_modules upwards that has it. */
function locate(from: string, name: string): string {
  for (let at = from; ; at = at.slice(0, at.lastIndexOf('node_modules')).replace(/\/$/, '')) {
    const place = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (lock.packages[place]) return place;
    if (at === '') throw new Error(`package-lock.json: ${from || 'the project'} needs ${name}, which is not there`);
  }
}

/** Every package that a user of the published package installs with it. */
function installedWithUs(): string[] {
  const places = new Set<string>();
  const visit = (from: string, dependencies: Readonly<Record<string, string>> = {}): void => {
    for (const name of Object.keys(dependencies)) {
      const place = locate(from, name);
      if (places.has(place)) continue;
      places.add(place);
      visit(place, lock.packages[place]!.dependencies);
    }
  };
  visit('', manifest.dependencies);
  return [...places];
}

describe('package.json', () => {
  it.each(projectFiles().filter((file) => /(^|\/)package\.json$/.test(file)))('%s: versions are exact', (file) => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(root, file), 'utf8'));
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version as string),
    );
    expect(loose).toEqual([]);
  });

  it('runs nothing at install, and nothing that it installs for users asks to', () => {
    const scripts = Object.keys((manifest as unknown as { scripts: Record<string, string> }).scripts);
    expect(scripts.filter((name) => /^(pre|post)?(install|prepare|pack|publish)$/.test(name))).toEqual([]);
    expect(readFileSync(join(root, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/m);
    expect(installedWithUs().filter((place) => lock.packages[place]!.hasInstallScript)).toEqual([]);
  });

  it('keeps its heavy packages optional for users and installed here', () => {
    const heavy = Object.keys(manifest.peerDependencies ?? {});
    expect(heavy.length).toBeGreaterThan(0);
    for (const name of heavy) {
      expect(manifest.peerDependenciesMeta?.[name], name).toEqual({ optional: true });
      expect(manifest.devDependencies, name).toHaveProperty(name);
      expect(manifest.dependencies, name).not.toHaveProperty(name);
    }
  });
});
