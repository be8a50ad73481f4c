// Until the first release, every README says that the packages are not on npm yet. The text is written
// only here; version 0.0.0 means that nothing was released.

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
> It prints an \`npm install\` line with the paths of the tarballs. Run that line in your project in place of each \`npm install @wechat-edge/…\` on this page.`,
  zh: (
    clone: string,
  ) => `> **尚未发布到 npm。** 请克隆源码自行构建，需要 git 和 Node 20.19 或更高版本：
>
> \`\`\`sh
> git clone ${clone}
> cd wechat-edge
> npm run pack
> \`\`\`
>
> 最后会打印一行 \`npm install\`，带有各个 tarball 的路径。本页每处 \`npm install @wechat-edge/…\`，都换成在你的项目里运行这一行。`,
};

/** Returns the page with the note between its markers: Chinese in `*.zh-CN.md`; empty after the first release. */
export function withInstallNote(
  page: string,
  { path, version, clone }: { path: string; version: string; clone: string },
): string {
  const [before, rest, ...more] = page.split(BEGIN);
  const end = rest?.indexOf(END) ?? -1;
  if (before === undefined || rest === undefined || end < 0 || more.length > 0) {
    throw new Error(`${path} must contain these two lines once:\n${BEGIN}\n${END}`);
  }
  const note = notes[path.endsWith(".zh-CN.md") ? "zh" : "en"](clone);
  return `${before}${BEGIN}\n${version === "0.0.0" ? `${note}\n` : ""}${rest.slice(end)}`;
}
