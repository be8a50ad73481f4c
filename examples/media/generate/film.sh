# film.mp4: a walk down Lantern Street at dusk, in four blocks of the chunked upload.
# generate.sh reads this file; it needs its fonts, $work/van.png and `lantern` and `ridge` of article.sh.

# house LEFT WIDTH TOP WALL SIGN: walls, a curved roof, lit windows, a sign over the door.
house() {
  local left=$1 width=$2 top=$3 wall=$4 sign=$5
  local right=$((left + width)) middle=$((left + width / 2))
  street+=(
    -fill "$wall" -draw "rectangle $left,$top $right,560"
    -fill '#00000030' -draw "rectangle $((right - width / 5)),$top $right,560"
    -fill '#2a2330' -draw "path 'M $((left - 46)),$((top + 12))
      Q $((left + 10)),$((top - 6)) $((left + 40)),$((top - 74))
      L $((right - 40)),$((top - 74)) Q $((right - 10)),$((top - 6)) $((right + 46)),$((top + 12)) Z'"
    -fill '#463a4a' -draw "rectangle $((left + 34)),$((top - 84)) $((right - 34)),$((top - 72))"
    -fill '#3a2015' -draw "rectangle $((middle - 44)),420 $((middle + 44)),560"
    -fill '#f2b75a' -draw "rectangle $((middle - 36)),430 $((middle - 3)),556"
    -draw "rectangle $((middle + 3)),430 $((middle + 36)),556"
    -fill '#6d1f18' -draw "roundrectangle $((middle - 84)),352 $((middle + 84)),408 6,6"
    -fill '#f6d98b' -font "$kai" -pointsize 44 -gravity northwest
    -annotate "+$((middle - 22 * ${#sign}))+354" "$sign"
  )
  local x y
  for x in $((left + 34)) $((right - 104)); do
    for y in $((top + 44)) 440; do
      if [ $((y + 70)) -gt 352 ] && [ $y -lt 420 ]; then continue; fi
      street+=(
        -fill '#3a2015' -draw "rectangle $x,$y $((x + 70)),$((y + 70))"
        -fill '#ffd27a' -draw "rectangle $((x + 5)),$((y + 5)) $((x + 65)),$((y + 65))"
        -fill '#3a2015' -draw "rectangle $((x + 33)),$y $((x + 37)),$((y + 70))"
        -draw "rectangle $x,$((y + 33)) $((x + 70)),$((y + 37))"
      )
    done
  done
}

echo "film.mp4"
street=()
house 120 420 250 '#8a4b38' '书店'
house 620 360 190 '#5d6b78' '裁缝'
house 1060 460 230 '#9a6a3c' '包子铺'
house 1620 380 170 '#6b5a78' '乐器'
house 2100 520 210 '#a0492f' '茶馆'
house 2720 400 250 '#4f6a5c' '花店'
stones=
for ((x = 0; x < 3200; x += 64)); do
  stones+=" rectangle $x,578 $((x + 56)),590 rectangle $((x - 30)),610 $((x + 28)),628"
done
convert -size 3200x720 xc:none "${street[@]}" \
  \( -size 3200x160 gradient:'#5a5048'-'#2c2830' \) -geometry +0+560 -composite \
  -fill '#ffffff14' -draw "$stones" \
  -fill '#ffcf7a28' -draw 'ellipse 330,590 150,26 0,360 ellipse 800,590 150,26 0,360' \
  -draw 'ellipse 1290,590 170,26 0,360 ellipse 1810,590 150,26 0,360' \
  -draw 'ellipse 2360,590 200,26 0,360 ellipse 2920,590 160,26 0,360' "$work/street.png"
convert -size 1900x720 gradient:'#1d2350'-'#f0a06a' \
  -fill '#fff6d8' -draw 'circle 1180,120 1180,74' -blur 0x1 \
  -fill '#6d5a86b0' -draw "$(ridge 1900 720 380 90 210 0.7)" -blur 0x2 \
  -fill '#4a4068d0' -draw "$(ridge 1900 720 450 70 150 2.6)" "$work/dusk.png"
cord=
hanging=
for ((x = 0; x < 4800; x += 800)); do
  cord+=" bezier $x,20 $((x + 240)),90 $((x + 560)),90 $((x + 800)),20"
  hanging+=" $(lantern $((x + 150)) 49 34) $(lantern $((x + 400)) 72 34) $(lantern $((x + 650)) 49 34)"
done
convert -size 4800x220 xc:none -fill none -stroke '#3a2015' -strokewidth 3 -draw "$cord" \
  -stroke none -draw "$hanging" "$work/lanterns.png"
convert "$work/van.png" -resize 200% "$work/film-van.png"
convert -size 1280x720 xc:'#10122ab0' -gravity center -fill '#00000060' -font "$kai" -pointsize 150 \
  -annotate +4-36 '灯笼街' -blur 0x6 -fill '#ffe9b8' -annotate +0-40 '灯笼街' \
  -pointsize 44 -font "$hei" -annotate +0+80 '傍晚，走到茶馆' "$work/title.png"

# Notes of a slow pentatonic tune, in half tones from A4, one every 0.4 s; x is a rest.
tune=(0 3 5 x 7 5 3 x 0 -2 0 3 5 x x x 7 10 12 x 10 7 5 x 3 5 3 0 -2 0)
plucked=
for ((i = 0; i < ${#tune[@]}; i++)); do
  [ "${tune[$i]}" = x ] && continue
  start=$(awk -v i="$i" 'BEGIN { print i * 0.4 }')
  pitch=$(awk -v n="${tune[$i]}" 'BEGIN { printf "%.2f", 440 * 2 ^ (n / 12) }')
  plucked+="+gte(t,$start)*exp(-3*(t-$start))*(sin(2*PI*$pitch*(t-$start))"
  plucked+="+0.4*sin(4*PI*$pitch*(t-$start))+0.2*sin(6*PI*$pitch*(t-$start)))"
done

still() { echo "movie=$work/$1.png:loop=0,setpts=N/25/TB,fps=25[$1]"; }
# Film grain keeps the encoder busy, so that twelve seconds fill the blocks.
ffmpeg -nostdin -v error -y -f lavfi -i "
    $(still dusk); $(still street); $(still lanterns); $(still film-van);
    movie=$work/title.png:loop=0,setpts=N/25/TB,fps=25,format=rgba,
      fade=out:st=1.6:d=1:alpha=1[title];
    [dusk]crop=1280:720:x='20+t*50':y=0[sky];
    [sky][street]overlay=x='-t*160':y=0[row];
    [row][film-van]overlay=x='-560+t*150+2*sin(t*9)':y='560+sin(t*23)'[road];
    [road][lanterns]overlay=x='-t*250':y='4*sin(t*2)'[hung];
    [hung][title]overlay=0:0,noise=alls=7:allf=t:all_seed=53,
      fade=in:st=0:d=0.6,fade=out:st=11.4:d=0.6,format=yuv420p" \
  -f lavfi -i "aevalsrc='0.16*(0${plucked})':s=44100" \
  -t 12 -map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact -threads 1 \
  -filter_threads 1 -c:v libx264 -preset medium -profile:v high -g 50 -b:v 2220k -maxrate 3M \
  -bufsize 4M -c:a aac -b:a 96k -ac 1 -movflags +faststart film.mp4
