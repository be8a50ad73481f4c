# The pictures of article.html, its cover, its mini-program card, and a thumb for the video.
# generate.sh reads this file; it needs its functions, fonts and $work.

# lit SIZE FROM TO CENTRE RADII DRAWING OUT: the drawn shape, shaded as if lit from CENTRE.
lit() {
  local size=$1 from=$2 to=$3 centre=$4 radii=$5 drawing=$6 out=$7
  convert -size "$size" -define "gradient:center=$centre" -define "gradient:radii=$radii" \
    radial-gradient:"$from-$to" \
    \( -size "$size" xc:black -fill white -draw "$drawing" -blur 0x0.7 \) \
    -alpha off -compose CopyOpacity -composite "$out"
}

# ridge WIDTH BOTTOM BASE HEIGHT WAVE PHASE: a polygon with the outline of hills.
ridge() {
  awk -v width="$1" -v bottom="$2" -v base="$3" -v height="$4" -v wave="$5" -v phase="$6" 'BEGIN {
    printf "polygon 0,%d", bottom
    for (x = 0; x <= width; x += 4) {
      y = sin(x / wave + phase) + 0.5 * sin(2.3 * x / wave + 1.7 * phase) \
        + 0.18 * sin(6.1 * x / wave + 2.9 * phase) + 0.07 * sin(17 * x / wave + phase)
      printf " %d,%.1f", x, base - height * y / 1.75
    }
    printf " %d,%d", width, bottom
  }'
}

# lantern X Y HALFWIDTH: a paper lantern with ribs and a tassel, hanging from X,Y.
lantern() {
  awk -v x="$1" -v y="$2" -v w="$3" 'BEGIN {
    h = w * 1.15; c = y + h + w * 0.5
    printf "stroke #5a3a26 stroke-width 2 line %g,%g %g,%g stroke none ", x, y, x, c - h
    printf "fill #d8382c ellipse %g,%g %g,%g 0,360 ", x, c, w, h
    printf "fill #f0683ccc ellipse %g,%g %g,%g 0,360 ", x, c, w * 0.62, h * 0.96
    printf "fill #ffb45ab0 ellipse %g,%g %g,%g 0,360 ", x, c + h * 0.1, w * 0.3, h * 0.8
    printf "fill #f2c14e rectangle %g,%g %g,%g ", x - w * 0.5, c - h - 2, x + w * 0.5, c - h * 0.86
    printf "rectangle %g,%g %g,%g ", x - w * 0.5, c + h * 0.86, x + w * 0.5, c + h + 2
    printf "rectangle %g,%g %g,%g", x - w * 0.09, c + h, x + w * 0.09, c + h + w * 0.8
  }'
}

echo "cover.jpg"
terraces=()
for row in 0 1 2 3 4 5 6 7; do
  shade=$((62 + row * 6))
  light=$((112 - row * 7))
  terraces+=(
    -fill "rgb($shade,$((light + 20)),52)" -draw "$(ridge 900 383 $((262 + row * 15)) 14 120 "1.$row")"
    -fill "rgb($((shade / 2)),$((light / 2 + 18)),30)"
    -draw "$(ridge 900 383 $((268 + row * 15)) 14 120 "1.$row")"
  )
done
convert -size 900x383 gradient:'#f7b267'-'#fde9c9' \
  -fill '#fff3cf' -draw 'circle 640,120 640,76' -blur 0x5 \
  -fill '#fffbe8' -draw 'circle 640,120 640,82' -blur 0x1 \
  -fill '#d9a27ad0' -draw "$(ridge 900 383 176 40 150 0.4)" -blur 0x3 \
  \( -size 900x70 gradient:none-'#fdebd0' \) -geometry +0+150 -composite \
  -fill '#a9806fd8' -draw "$(ridge 900 383 206 46 110 2.1)" -blur 0x2 \
  \( -size 900x60 gradient:none-'#fbe4c6c0' \) -geometry +0+185 -composite \
  -fill '#6f6a58e0' -draw "$(ridge 900 383 240 36 90 3.6)" -blur 0x1.2 \
  \( -size 900x50 gradient:none-'#f6dfbd90' \) -geometry +0+215 -composite "$work/hills.png"
convert "$work/hills.png" "${terraces[@]}" -blur 0x0.8 \
  -fill '#4a2a1c' -draw 'polygon 118,262 164,226 210,262' -fill '#6d3b26' \
  -draw 'rectangle 130,262 198,296' -fill '#ffd98a' -draw 'rectangle 142,270 158,284' \
  -draw 'rectangle 172,268 186,296' -fill '#4a2a1c' -draw 'rectangle 112,258 216,264' \
  -fill '#d8382c' -draw 'ellipse 126,275 5,7 0,360 ellipse 204,275 5,7 0,360' \
  \( -size 900x383 -seed 31 plasma:'#b0b0b0-#606060' -colorspace Gray -blur 0x2 -auto-level \
     -level -60%,160% \) -compose SoftLight -composite \
  \( -size 900x383 radial-gradient:white-'#a89a86' \) -compose Multiply -composite \
  -seed 37 -attenuate 0.16 +noise Gaussian "$work/cover.png"
convert "$work/cover.png" -strip -interlace none -sampling-factor 4:2:0 -quality 86 cover.jpg

echo "picture-1.jpg"
wood 800 600 "$work/table.png"
mogrify -modulate 128,92 "$work/table.png"
# pot DRAWING OUT: glazed clay, the same light on body, lid and spout.
pot() { lit 800x600 '#e89a6a' '#4a1f14' 320,250 380,320 "$1" "$2"; }
pot 'ellipse 350,360 175,125 0,360 polygon 500,330 640,250 668,258 660,276 530,400
  roundrectangle 270,462 430,492 10,10' "$work/pot.png"
pot 'ellipse 350,262 96,34 0,360 ellipse 350,222 22,20 0,360' "$work/lid.png"
lit 800x600 '#fdfcf7' '#9fb1b5' 590,430 130,130 \
  'ellipse 610,470 74,22 0,360 polygon 536,470 684,470 656,540 566,540 ellipse 611,540 45,13 0,360' \
  "$work/cup.png"
convert "$work/table.png" \
  \( -size 800x600 xc:none -fill '#160a04c0' -draw 'ellipse 380,490 230,34 0,360' \
     -draw 'ellipse 630,552 88,20 0,360' -blur 0x14 \) -compose Over -composite \
  \( -size 800x600 xc:none -fill none -stroke '#5a2818' -strokewidth 26 \
     -draw 'bezier 200,300 60,250 60,450 205,420' -stroke '#b0663f' -strokewidth 8 \
     -draw 'bezier 196,296 70,254 70,440 198,416' -blur 0x1 -stroke none \) -composite \
  "$work/pot.png" -composite \
  \( -size 800x600 xc:none -fill '#3a160e90' -draw 'ellipse 350,276 104,30 0,360' -blur 0x5 \) -composite \
  "$work/lid.png" -composite \
  \( -size 800x600 xc:none -fill '#fff6e8a0' -draw 'ellipse 276,312 34,22 0,360' \
     -draw 'ellipse 330,250 26,7 0,360' -blur 0x10 \) -composite \
  -fill '#f0c08c' -font "$kai" -pointsize 88 -gravity northwest -annotate +306+318 '茶' \
  "$work/cup.png" -composite -fill '#a8621c' -draw 'ellipse 610,470 66,17 0,360' \
  -fill '#e0a245a0' -draw 'ellipse 596,466 36,7 0,360' \
  \( -size 800x600 xc:none -fill none -stroke '#ffffffb0' -strokewidth 14 \
     -draw 'bezier 590,450 540,360 660,330 600,190' -draw 'bezier 630,450 680,370 590,320 650,230' \
     -blur 0x11 -stroke none \) -composite \
  \( -size 800x600 radial-gradient:white-'#b3a698' \) -compose Multiply -composite \
  -blur 0x0.6 -seed 41 -attenuate 0.12 +noise Gaussian "$work/teapot.png"
convert "$work/teapot.png" -strip -interlace none -sampling-factor 4:2:0 -quality 84 picture-1.jpg

echo "picture-2.png"
# step NUMBER LEFT COLOUR TITLE TEXT: one of the four panels, without its drawing.
step() {
  local number=$1 left=$2 colour=$3 title=$4 text=$5
  panels+=(
    -fill white -draw "roundrectangle $left,96 $((left + 184)),436 14,14"
    -fill "$colour" -draw "circle $((left + 30)),126 $((left + 30)),108"
    -fill white -font "$bold" -pointsize 20 -annotate "+$((left + 24))+115" "$number"
    -fill '#2b2723' -font "$hei" -pointsize 30 -annotate "+$((left + 60))+110" "$title"
    -fill '#6b6257' -pointsize 19 -annotate "+$((left + 20))+376" "$text"
  )
}
# bowl LEFT LEVEL: a gaiwan with tea up to LEVEL in its panel.
bowl() {
  panels+=(
    -fill '#cfd8d6' -draw "ellipse $(($1 + 92)),322 66,14 0,360"
    -fill '#eef3f1' -draw "polygon $(($1 + 32)),236 $(($1 + 152)),236 $(($1 + 122)),318 $(($1 + 62)),318"
    -fill '#dfe7e4' -draw "ellipse $(($1 + 92)),236 60,15 0,360"
    -fill "$2" -draw "ellipse $(($1 + 92)),238 52,11 0,360"
    -fill none -stroke '#2f7d6b' -strokewidth 3
    -draw "bezier $(($1 + 58)),272 $(($1 + 80)),292 $(($1 + 104)),256 $(($1 + 130)),276" -stroke none
  )
}
panels=()
step 1 22 '#c9782f' '温杯' $'沸水淋过杯盏\n倒去'
step 2 216 '#4f7a3a' '投茶' $'三克茶叶\n铺满杯底'
step 3 410 '#2b6cb0' '注水' $'八十五度\n沿着杯壁'
step 4 604 '#b8332b' '出汤' $'数到二十\n分给客人'
bowl 22 '#b9dcea'
bowl 216 '#dfe7e4'
bowl 410 '#cdbb5a'
bowl 604 '#b9762a'
panels+=(
  -fill none -stroke '#9db7c0' -strokewidth 5
  -draw 'bezier 94,216 80,198 108,186 94,168' -draw 'bezier 134,216 120,198 148,186 134,168'
  -stroke none -fill '#4f7a3a'
  -draw 'ellipse 286,186 15,6 0,360' -draw 'ellipse 322,174 14,6 0,360' -draw 'ellipse 308,206 16,6 0,360'
  -draw 'ellipse 338,200 12,5 0,360' -draw 'ellipse 294,238 14,5 0,360' -draw 'ellipse 322,239 13,4 0,360'
  -fill '#8fc4e8' -draw 'polygon 530,160 544,166 518,236 508,236'
  -fill '#7a4a2a' -draw 'polygon 526,150 590,150 590,172 546,176'
  -fill none -stroke '#c98a3a' -strokewidth 5
  -draw 'bezier 676,216 662,198 690,186 676,168' -draw 'bezier 716,216 702,198 730,186 716,168' -stroke none
)
convert -size 810x460 xc:'#f3ead7' -gravity northwest \
  -fill '#8a1f1a' -font "$kai" -pointsize 48 -annotate +24+22 '一壶茶，四步' \
  "${panels[@]}" "$work/steps.png"
convert "$work/steps.png" -strip -define png:exclude-chunks=date,time \
  -define png:compression-level=9 -define png:color-type=2 -depth 8 picture-2.png

echo "picture-3.gif"
convert -size 480x320 gradient:'#10163a'-'#3b2a55' \
  -fill '#f7f0d0' -draw 'circle 400,62 400,38' -fill '#171d42' -draw 'circle 412,56 412,34' \
  -fill '#ffffffa0' -draw 'circle 60,40 60,41 circle 130,84 130,85 circle 210,30 210,31' \
  -draw 'circle 290,70 290,71 circle 330,24 330,25 circle 450,120 450,121 circle 30,110 30,111' \
  -fill '#0c0f26' -draw 'rectangle 0,236 480,320' \
  -draw 'polygon 0,236 20,206 150,206 170,236 polygon 180,240 204,196 372,196 396,240' \
  -draw 'polygon 400,238 420,212 480,212 480,238' \
  -fill '#f2b75a' -draw 'rectangle 40,252 70,290 rectangle 98,252 128,290' \
  -draw 'rectangle 226,252 262,306 rectangle 284,252 344,284 rectangle 430,254 456,288' \
  -fill '#0c0f26' -draw 'rectangle 54,252 56,290 rectangle 112,252 114,290 rectangle 313,252 315,284' \
  -draw 'rectangle 284,267 344,269' "$work/night.png"
frames=()
for frame in 0 1 2 3 4 5 6 7 8 9; do
  hanging=()
  for lantern in 0 1 2 3 4; do
    read -r x y glow centre < <(awk -v f="$frame" -v l="$lantern" 'BEGIN {
      turn = 6.28318 * f / 10 + l * 1.3
      y = 96 + 22 * sin(l * 0.785)
      print 60 + l * 90 + 5 * sin(turn), y, 0.1 + 0.06 * cos(turn * 2), y + 36 }')
    hanging+=(-fill "rgba(255,160,70,$glow)")
    for radius in 54 46 38 31; do
      hanging+=(-draw "translate $x,$centre circle 0,0 0,$radius")
    done
    hanging+=(-draw "$(lantern "$x" "$y" 22)")
  done
  convert "$work/night.png" -fill none -stroke '#5a4636' -strokewidth 2 \
    -draw 'bezier 0,84 120,128 340,128 480,84' -stroke none "${hanging[@]}" -depth 8 "$work/night-$frame.png"
  frames+=("$work/night-$frame.png")
done
convert -delay 12 -dispose none -loop 0 "${frames[@]}" +dither -colors 96 +map -layers OptimizePlus \
  -strip picture-3.gif

echo "card.png"
convert -size 1080x864 gradient:'#fbf4e4'-'#f1dfc0' \
  \( "$work/storefront.png" -crop 800x420+0+70 +repage -resize 1080x567! \) -gravity north -composite \
  \( -size 1080x120 gradient:none-'#f8eedb' \) -geometry +0+447 -composite -gravity northwest \
  -fill '#8a1f1a' -font "$kai" -pointsize 92 -annotate +64+578 '灯笼街茶馆' \
  -fill '#6b6257' -font "$hei" -pointsize 42 -annotate +68+704 '今日茶单 · 靠窗的座位还有两个' \
  -fill '#2f7d6b' -draw 'roundrectangle 760,588 1016,676 44,44' \
  -fill white -pointsize 44 -annotate +800+606 '预订座位' \
  -draw "$(lantern 940 0 46)" -draw "$(lantern 1024 0 34)" "$work/card.png"
convert "$work/card.png" -crop 1080x864+0+0 +repage -strip -define png:exclude-chunks=date,time \
  -define png:compression-level=9 -define png:color-type=2 -depth 8 card.png

echo "thumb.jpg"
convert -size 200x200 radial-gradient:'#ffd98a'-'#7d2a20' -draw "$(lantern 100 0 62)" \
  -fill '#8a1f1a' -font "$kai" -pointsize 62 -gravity north -annotate +0+64 '茶' -gravity northwest \
  -seed 43 -attenuate 0.08 +noise Gaussian "$work/thumb.png"
convert "$work/thumb.png" -strip -interlace none -sampling-factor 4:2:0 -quality 85 thumb.jpg
