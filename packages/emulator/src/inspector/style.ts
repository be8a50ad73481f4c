/** Dense, and quiet but for what was refused. */
export const style = `
:root{color-scheme:light dark;--paper:light-dark(#fff,#17191c);--ground:light-dark(#f6f6f4,#101214);--ink:light-dark(#1d2023,#e3e5e8);--dim:light-dark(#5c6269,#9aa1ab);--line:light-dark(#e2e2df,#2b2f34);--hover:light-dark(#f1f3f1,#1e2125);--accent:light-dark(#076b3a,#52c98b);--bad:light-dark(#b1221a,#ff8d83);--bad-ground:light-dark(#fdf1f0,#2a1817);--warn:light-dark(#7d4d00,#e3b565);--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:13px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
h1,h2,h3,p,ul,ol,dl,dd{margin:0;padding:0}
ul,ol{list-style:none}
h1{font-size:14px;font-weight:650;white-space:nowrap}
h2{font-size:13px;font-weight:650}
h3{font-size:12px;font-weight:600}
code,pre,time,.status,.bytes,.rid,.path,.now{font-family:var(--mono);font-size:12px;font-variant-numeric:tabular-nums}
bdi{unicode-bidi:isolate}
a{color:var(--accent)}
.dim,.facts,.note,.empty,.count,.base .dim{color:var(--dim)}
.count{font-weight:400}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
button,select,input{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:5px;padding:2px 8px;min-height:26px}
button{cursor:pointer;white-space:nowrap}
button:hover{border-color:var(--dim)}
button.main{background:var(--accent);border-color:var(--accent);color:light-dark(#fff,#0b1610)}
button[aria-pressed=true]{background:var(--ink);color:var(--paper)}
:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
input[type=checkbox]{min-height:0;accent-color:var(--accent);vertical-align:-2px;margin:0 3px 0 0}
.copy{border:0;background:none;color:var(--dim);padding:0 6px;min-height:22px;font-size:11px}
.copy:hover{color:var(--accent)}
header{display:flex;flex-wrap:wrap;align-items:center;gap:6px 22px;padding:8px 16px;background:var(--paper);border-bottom:1px solid var(--line)}
header p,header form{display:flex;align-items:center;gap:6px}
nav{display:flex;gap:14px}
nav a{color:inherit;text-decoration:none}
nav a:hover{text-decoration:underline}
.state{margin-left:auto}
#live::before{content:"";display:inline-block;width:7px;height:7px;border-radius:50%;margin-right:6px;background:var(--dim)}
[data-live=yes] #live::before{background:var(--accent)}
[data-live=no] #live{color:var(--bad)}
[data-live=no] #live::before{background:var(--bad)}
.bar{display:flex;flex-wrap:wrap;align-items:center;gap:6px 12px}
.bar>:first-child{margin-right:auto}
.filter{display:flex;flex-wrap:wrap;align-items:center;gap:6px 12px}
.filter [type=search]{width:15em}
main>section,.side>section{padding:12px 16px}
.side>section+section{border-top:1px solid var(--line)}
.rows{margin-top:8px;background:var(--paper);border:1px solid var(--line);border-radius:6px;overflow:hidden}
.rows:not(:has(li)){display:none}
.empty{padding:28px 16px;text-align:center}
.rows:has(li)+.empty{display:none}
.rows>li+li{border-top:1px solid var(--line)}
summary{display:grid;grid-template-columns:7.4em 2.6em minmax(0,1fr) minmax(0,auto) 6.6em 5.4em;gap:0 10px;align-items:baseline;padding:4px 10px 4px 8px;border-left:3px solid transparent;cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
summary:hover,[open]>summary{background:var(--hover)}
summary:focus-visible{outline-offset:-2px}
.call,.name,.rid{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.call b{font:600 11px var(--mono)}
.name{max-width:14em}
time{color:var(--dim)}
.bytes{text-align:right;color:var(--dim);white-space:nowrap}
.status{color:var(--accent)}
.why{grid-column:3/-1;overflow-wrap:anywhere}
.why code{font-weight:600}
.refused>summary{border-left-color:var(--bad)}
.refused .status,.refused .why code{color:var(--bad)}
.faulted>summary{border-left-color:var(--warn)}
.chip{display:inline-block;border:1px solid var(--line);border-radius:9px;padding:0 7px;font-size:11px;line-height:16px;color:var(--dim);white-space:nowrap}
.chip+.chip{margin-left:4px}
.chip.good{color:var(--accent);border-color:currentColor}
.chip.bad{color:var(--bad);border-color:currentColor}
.chip.waiting,.chip.fault{color:var(--warn);border-color:currentColor}
.chip.assumed{border-style:dashed;border-color:currentColor}
.open{padding:6px 12px 10px calc(10em + 28px);background:var(--hover);border-left:3px solid transparent}
.open h3{margin:8px 0 2px;color:var(--dim);font-weight:500}
dl{display:grid;grid-template-columns:8.5em minmax(0,1fr);gap:1px 12px}
dt{color:var(--dim);overflow-wrap:anywhere}
dd{font-family:var(--mono);font-size:12px;overflow-wrap:anywhere}
pre{margin:0;padding:8px 10px;background:var(--paper);border:1px solid var(--line);border-radius:5px;white-space:pre-wrap;overflow-wrap:anywhere;max-height:260px;overflow:auto}
dd .copy{min-height:0}
.group{margin-top:10px}
.items{margin-top:4px;background:var(--paper);border:1px solid var(--line);border-radius:6px}
.items:not(:has(li)){display:none}
.group:not(:has(li)){margin-top:4px}
.group:not(:has(li)) .bar button{display:none}
.group:not(:has(li)) h3{font-weight:400;color:var(--dim)}
.item{display:flex;gap:10px;padding:7px 10px}
.item+.item{border-top:1px solid var(--line)}
.item:has(>.id){flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:0 10px}
.body{min-width:0;flex:1}
.thumb{flex:none;width:44px;height:44px;border-radius:4px;border:1px solid var(--line);object-fit:contain;background:var(--ground);display:grid;place-items:center;color:var(--dim);font:10px var(--mono)}
.title{font-weight:550;overflow-wrap:anywhere}
.facts{display:flex;flex-wrap:wrap;gap:1px 12px;overflow-wrap:anywhere}
.facts>span{min-width:0}
.side:has([data-rows=accounts]>:only-child) .facts>:has(>.account),.side:has([data-rows=merchants]>:only-child) .facts>:has(>.merchant){display:none}
.id{display:flex;align-items:center;min-width:0}
.id code{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;color:var(--dim);font-size:11px}
.acts{display:flex;flex-wrap:wrap;gap:5px;margin-top:4px}
.progress{color:var(--dim)}
progress{width:110px;height:7px;accent-color:var(--accent);vertical-align:1px}
.warnings{color:var(--warn);overflow-wrap:anywhere}
.tokens li{color:var(--dim)}
form.fault{display:grid;grid-template-columns:1fr 1fr;gap:6px 10px;margin-top:6px;align-items:end}
form.fault label{display:grid;gap:1px;color:var(--dim);font-size:11px}
form.fault label *{color:var(--ink);font-size:13px;width:100%}
form.fault button{justify-self:start}
.note{margin-top:10px}
#said{position:fixed;left:50%;bottom:16px;translate:-50% 0;max-width:calc(100vw - 32px);padding:6px 14px;border-radius:6px;background:var(--ink);color:var(--paper)}
#said:empty{display:none}
#said.bad{background:var(--bad);color:light-dark(#fff,#200b09)}
@media(min-width:1000px){
nav{display:none}
body{height:100vh;display:grid;grid-template-rows:auto minmax(0,1fr)}
main{display:grid;grid-template-columns:minmax(0,1fr) minmax(340px,30%);min-height:0}
main>*{overflow:auto;min-height:0}
.side{border-left:1px solid var(--line)}
}
@media(max-width:999px){.jump{display:none}}
@media(max-width:640px){
header,main>section,.side>section{padding-left:12px;padding-right:12px}
.state{margin-left:0}
.filter{order:1;flex-basis:100%}
.filter [type=search]{flex:1;width:8em}
.clock select{width:7.2em}
nav{order:1;flex-basis:100%}
summary{grid-template-columns:auto 1fr auto;gap:0 8px;padding:6px 8px}
summary .status{grid-column:1;grid-row:1}
summary .bytes{grid-column:3;grid-row:1}
summary time{grid-column:2;grid-row:1}
.call,.name,.why{grid-column:1/-1;max-width:none;white-space:normal;overflow-wrap:anywhere}
.name:empty,.rid{display:none}
.open{padding-left:9px}
dl{grid-template-columns:7em minmax(0,1fr)}
button,select,input{min-height:34px}
.copy{min-height:28px}
}
@media(prefers-reduced-motion:no-preference){.rows>li{animation:come .5s}@keyframes come{from{background:var(--hover)}}}
`;
