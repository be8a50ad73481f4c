// Until the first release, every page with an `npm install @wechat-edge/…` says that the packages are not on npm yet.
// The text is written only here; version 0.0.0 means that nothing was released.

const BEGIN = "<!-- install-note: written by scripts/release/install-note.ts -->";
const END = "<!-- /install-note -->";

const notes = {
  en: (
    clone: string,
  ) => `> **Not on npm yet.** Build the packages from a clone; this needs Node 20.19 or later and git:
>
> \`\`\`sh
> git clone ${clone}
> cd wechat-edge
> npm run pack
> \`\`\`
>
> It prints an \`npm install\` line with the paths of the tarballs. Run that line in your project once, with npm also for Deno and Bun, and leave \`@wechat-edge/…\` out of each \`npm install\` on this page.`,
  zh: (
    clone: string,
  ) => `> **尚未发布到 npm。** 请克隆源码自行构建，需要 git 和 Node 20.19 及以上版本：
>
> \`\`\`sh
> git clone ${clone}
> cd wechat-edge
> npm run pack
> \`\`\`
>
> 最后会打印一行 \`npm install\`，带有各个 tarball 的路径。在你的项目里用 npm 运行一次即可（Deno、Bun 项目也用 npm），本页各条 \`npm install\` 里的 \`@wechat-edge/…\` 都略去。`,
};

/** Of the pages in docs beside the one on installing. */
const shortNotes = {
  en: "> **Not on npm yet.** [Build the packages from a clone](install.md) and install their tarballs first; then leave `@wechat-edge/…` out of each `npm install` on this page.",
  zh: "> **尚未发布到 npm。** 先[克隆源码构建](install.md)，装好 tarball，本页各条 `npm install` 里的 `@wechat-edge/…` 都略去。",
};

/** Returns the page with the note between its markers: in the page's language; empty after the first release. */
export function withInstallNote(
  page: string,
  { path, version, clone }: { path: string; version: string; clone: string },
): string {
  const [before, rest, ...more] = page.split(BEGIN);
  const end = rest?.indexOf(END) ?? -1;
  if (before === undefined || rest === undefined || end < 0 || more.length > 0) {
    throw new Error(`${path} must contain these two lines once:\n${BEGIN}\n${END}`);
  }
  const language = /\.zh-CN\.md$|^docs\/zh-CN\//.test(path) ? "zh" : "en";
  const isShort = path.startsWith("docs/") && !path.endsWith("/install.md");
  const note = isShort ? shortNotes[language] : notes[language](clone);
  return `${before}${BEGIN}\n${version === "0.0.0" ? `${note}\n` : ""}${rest.slice(end)}`;
}
