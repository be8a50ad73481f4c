#!/usr/bin/env bash
# Makes every picture, video and voice of this folder; README.md describes them.
# The files of generate/ are parts of this script. Needs ImageMagick 6, ffmpeg with LAME and OpenCORE AMR,
# cwebp, heif-enc, and the fonts DejaVu, WenQuanYi Micro Hei, AR PL UKai.
set -euo pipefail
cd "$(dirname "$0")"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p bad

sans=DejaVu-Sans
bold=DejaVu-Sans-Bold
serif=DejaVu-Serif-Bold
mono=DejaVu-Sans-Mono
hei=WenQuanYi-Micro-Hei
kai=$(fc-list :lang=zh file | grep -m1 -i 'ukai' | cut -d: -f1)

# wood WIDTH HEIGHT OUT: planks with grain, lit from the upper left.
wood() {
  local width=$1 height=$2 out=$3
  convert -size "${width}x${height}" gradient:'#a8743f'-'#7d4f27' \
    \( -size "${width}x${height}" xc:gray50 -seed 7 +noise Gaussian -colorspace Gray \
       -virtual-pixel mirror -motion-blur 0x40+2 -auto-level -level 15%,85% \) \
    -compose SoftLight -composite \
    -fill none -stroke '#4d2f1580' -strokewidth 3 \
    -draw "line 0,$((height * 31 / 100)) $width,$((height * 33 / 100))" \
    -draw "line 0,$((height * 72 / 100)) $width,$((height * 74 / 100))" \
    "$out"
}

# seal TEXT FONT OUT: a red ring with a star, printed a little unevenly.
seal() {
  local text=$1 font=$2 out=$3
  convert -size 190x190 xc:white -fill none -stroke '#d0302a' -strokewidth 6 \
    -draw 'circle 95,95 95,8' -stroke none -fill '#d0302a' \
    -draw 'polygon 95,42 106,76 142,76 113,97 124,131 95,110 66,131 77,97 48,76 84,76' \
    -font "$font" -pointsize 22 -gravity south -annotate +0+26 "$text" \
    \( -size 190x190 xc:gray50 -seed 11 +noise Gaussian -colorspace Gray -blur 0x2 -auto-level \
       -level 45%,130% \) -compose Screen -composite "$out"
}

# squares OUT: looks like a two-dimensional code and contains no data.
squares() {
  convert -size 21x21 xc:gray50 -seed 3 +noise Random -colorspace Gray -threshold 50% \
    -fill white -draw 'rectangle 0,0 7,7 rectangle 13,0 20,7 rectangle 0,13 7,20' \
    -fill black -draw 'rectangle 0,0 6,6 rectangle 14,0 20,6 rectangle 0,14 6,20' \
    -fill white -draw 'rectangle 1,1 5,5 rectangle 15,1 19,5 rectangle 1,15 5,19' \
    -fill black -draw 'rectangle 2,2 4,4 rectangle 16,2 18,4 rectangle 2,16 4,18' \
    -filter point -resize 105x105 "$1"
}

# photograph PAPER WIDTH HEIGHT ANGLE QUALITY OUT: the paper on the table, as a phone would see it.
photograph() {
  local paper=$1 width=$2 height=$3 angle=$4 quality=$5 out=$6
  wood "$width" "$height" "$work/table.png"
  convert "$paper" -alpha set -background none -virtual-pixel none +distort SRT "$angle" +repage \
    "$work/turned.png"
  convert "$work/table.png" \
    \( "$work/turned.png" -background '#1a0d05' -shadow 70x14+14+18 \) \
    -gravity center -geometry +12+16 -compose Over -composite \
    "$work/turned.png" -gravity center -geometry +0+0 -compose Over -composite \
    \( -size "${width}x${height}" radial-gradient:white-'#b4aca0' \) -compose Multiply -composite \
    \( -size "${width}x${height}" gradient:white-'#e6e0d6' \) -compose Multiply -composite \
    -blur 0x0.6 -seed 19 -attenuate 0.12 +noise Gaussian \
    -strip -interlace none -sampling-factor 4:2:0 -quality "$quality" "$out"
}

# with_comment JPEG BYTES OUT: the same picture, filled up to that size by a comment after its APP0.
with_comment() {
  local jpeg=$1 bytes=$2 out=$3
  local length=$((bytes - $(wc -c < "$jpeg") - 2))
  {
    head -c 20 "$jpeg"
    printf "\\xff\\xfe\\x$(printf %02x $((length / 256)))\\x$(printf %02x $((length % 256)))"
    printf "%$((length - 2))s" ''
    tail -c +21 "$jpeg"
  } > "$out"
}

squares "$work/squares.png"

echo "licence.jpg"
seal 'SAMPLE' "$bold" "$work/seal.png"
convert -size 900x600 gradient:'#fffdf4'-'#f3ecd6' \
  -fill none -stroke '#b8332b' -strokewidth 8 -draw 'rectangle 22,22 877,577' \
  -strokewidth 2 -draw 'rectangle 36,36 863,563' \
  -stroke none -fill '#8a1f1a' -font "$serif" -pointsize 50 -gravity north \
  -annotate +0+66 'BUSINESS LICENCE' \
  -fill '#6b6257' -font "$sans" -pointsize 19 -annotate +0+132 'No. 0000 0000 0000 SAMPLE' \
  -gravity northwest -fill '#2b2723' -font "$sans" -pointsize 24 \
  -annotate +90+200 'Name' -annotate +270+200 'Lantern Street Tea House' \
  -annotate +90+250 'Kind' -annotate +270+250 'Sole trader' \
  -annotate +90+300 'Premises' -annotate +270+300 '8 Lantern Street, Exampleville' \
  -annotate +90+350 'Trade' -annotate +270+350 'Tea, cakes and quiet afternoons' \
  -annotate +90+400 'Valid' -annotate +270+400 'Long term' \
  -stroke '#d9cfb8' -strokewidth 1 -draw 'line 270,232 800,232 line 270,282 800,282' \
  -draw 'line 270,332 800,332 line 270,382 800,382 line 270,432 620,432' -stroke none \
  "$work/squares.png" -geometry +90+445 -compose Over -composite \
  "$work/seal.png" -geometry +640+370 -compose Multiply -composite \
  "$work/licence.png"
photograph "$work/licence.png" 1200 800 -3.5 82 licence.jpg

echo "营业执照.jpg"
seal '样本专用' "$hei" "$work/seal.png"
convert -size 620x860 gradient:'#fffdf4'-'#f3ecd6' \
  -fill none -stroke '#b8332b' -strokewidth 8 -draw 'rectangle 18,18 601,841' \
  -strokewidth 2 -draw 'rectangle 31,31 588,828' \
  -stroke none -fill '#8a1f1a' -font "$kai" -pointsize 76 -gravity north \
  -annotate +0+78 '营业执照' \
  -fill '#6b6257' -font "$hei" -pointsize 20 -annotate +0+182 '（样本，不具效力）' \
  -gravity northwest -fill '#2b2723' -font "$hei" -pointsize 24 \
  -annotate +70+260 '名　　称' -annotate +200+260 '灯笼街茶馆' \
  -annotate +70+320 '类　　型' -annotate +200+320 '个体工商户' \
  -annotate +70+380 '经营场所' -annotate +200+380 '示例市灯笼街 8 号' \
  -annotate +70+440 '经营范围' -annotate +200+440 '茶水、糕点、安静的下午' \
  -annotate +70+500 '经营期限' -annotate +200+500 '长期' \
  -stroke '#d9cfb8' -strokewidth 1 -draw 'line 200,298 550,298 line 200,358 550,358' \
  -draw 'line 200,418 550,418 line 200,478 550,478 line 200,538 550,538' -stroke none \
  "$work/squares.png" -geometry +70+690 -compose Over -composite \
  "$work/seal.png" -geometry +380+610 -compose Multiply -composite \
  "$work/licence-zh.png"
photograph "$work/licence-zh.png" 800 1067 2.5 80 营业执照.jpg

echo "storefront.png"
convert -size 800x600 gradient:'#8fc4e8'-'#fbe6c8' \
  -fill '#ffffffb0' -draw 'ellipse 130,80 90,22 0,360 ellipse 190,64 60,24 0,360' \
  -draw 'ellipse 640,110 80,18 0,360 ellipse 590,98 50,20 0,360' -blur 0x3 \
  -fill '#c9b79c' -draw 'rectangle 0,470 800,600' \
  -fill '#8d8272' -draw 'rectangle 0,520 800,600' \
  -fill '#e8e0d0' -draw 'rectangle 30,556 130,562 rectangle 230,556 330,562' \
  -draw 'rectangle 430,556 530,562 rectangle 630,556 730,562' \
  \( -size 560x400 gradient:'#b5543c'-'#8f3b2a' \) -geometry +120+90 -composite \
  -fill '#5c2a1d' -draw 'rectangle 105,78 695,98' \
  -fill '#f6d98b' -draw 'roundrectangle 190,112 610,186 8,8' \
  -fill '#6d1f18' -font "$kai" -pointsize 58 -gravity north -annotate -120+118 '茶馆' \
  -font "$serif" -pointsize 34 -annotate +78+128 'TEA HOUSE' -gravity northwest \
  -fill '#3a231a' -draw 'rectangle 160,250 440,450 rectangle 480,250 620,490' \
  \( -size 260x180 gradient:'#ffe9a8'-'#e2a85a' \) -geometry +170+260 -composite \
  \( -size 110x210 gradient:'#ffe9a8'-'#d39a52' \) -geometry +495+265 -composite \
  -fill '#3a231a' -draw 'rectangle 296,260 304,440 rectangle 170,372 430,378' \
  -fill '#7a4a2a' -draw 'ellipse 230,362 24,18 0,360 ellipse 370,360 26,22 0,360' \
  -fill '#f8f4ea' -draw 'roundrectangle 200,404 260,438 6,6 roundrectangle 340,404 400,438 6,6' \
  -fill '#c9a24a' -draw 'circle 592,380 592,387' \
  -fill '#fdf6e3' -draw 'polygon 140,210 660,210 690,262 110,262' \
  -fill '#2f7d6b' -draw 'polygon 140,210 205,210 183,262 110,262' \
  -draw 'polygon 270,210 335,210 328,262 255,262 polygon 400,210 465,210 473,262 400,262' \
  -draw 'polygon 530,210 595,210 618,262 545,262' \
  -fill '#d8382c' -draw 'ellipse 140,300 20,26 0,360 ellipse 650,300 20,26 0,360' \
  -fill '#f2c14e' -draw 'rectangle 130,270 150,276 rectangle 640,270 660,276' \
  -draw 'rectangle 138,326 142,344 rectangle 648,326 652,344' \
  -fill '#4f7a3a' -draw 'ellipse 90,420 34,60 0,360 ellipse 716,420 34,60 0,360' \
  -fill '#7a4a2a' -draw 'rectangle 66,470 114,512 rectangle 692,470 740,512' \
  -blur 0x0.5 "$work/storefront.png"
convert "$work/storefront.png" -strip -define png:exclude-chunks=date,time \
  -define png:compression-level=9 -define png:color-type=2 -depth 8 storefront.png

echo "receipt.bmp"
convert -size 240x384 gradient:'#fbfaf5'-'#ece9df' \
  -fill '#26231f' -font "$bold" -pointsize 18 -gravity north -annotate +0+22 'TEA HOUSE' \
  -font "$mono" -pointsize 11 -annotate +0+50 '8 Lantern Street' \
  -annotate +0+74 '------------------------------' \
  -gravity northwest -annotate +18+98 'Jasmine tea       2   36.00' \
  -annotate +18+120 'Osmanthus cake    1   22.00' \
  -annotate +18+142 'Sunflower seeds   1    8.00' \
  -annotate +15+164 '------------------------------' \
  -font "$bold" -pointsize 14 -annotate +18+188 'TOTAL' \
  -annotate +136+188 'CNY 66.00' -font "$mono" -pointsize 11 -annotate +18+214 'Paid by   WeChat Pay' \
  -gravity north -annotate +0+350 'Thank you, come again' \
  "$work/squares.png" -geometry +0+236 -compose Over -composite \
  -seed 23 -attenuate 0.1 +noise Gaussian -alpha off -type TrueColor -strip BMP3:receipt.bmp

# A van drives past the tea house for two seconds while a chime sounds.
convert -size 150x74 xc:none -fill '#20242a' -draw 'ellipse 75,68 66,5 0,360' \
  -fill '#2b6cb0' -draw 'roundrectangle 6,6 104,60 6,6 roundrectangle 90,20 144,60 10,10' \
  -fill '#bfe3f5' -draw 'polygon 108,26 126,26 136,42 108,42' \
  -fill '#f7d354' -draw 'rectangle 6,36 104,43 rectangle 140,48 146,54' \
  -fill '#1c1f24' -draw 'circle 34,60 34,47 circle 114,60 114,47' \
  -fill '#c9ced6' -draw 'circle 34,60 34,54 circle 114,60 114,54' \
  -fill white -font "$bold" -pointsize 15 -gravity northwest -annotate +22+14 'PARCEL' \
  "$work/van.png"

# clip WIDTHxHEIGHT RATE OUT OPTION...: the scene in one container; options follow the two inputs.
clip() {
  local size=$1 rate=$2 out=$3
  shift 3
  echo "$out"
  ffmpeg -nostdin -v error -y \
    -f lavfi -i "movie=$work/storefront.png:loop=0,setpts=N/$rate/TB,fps=$rate[shop];
      movie=$work/van.png:loop=0,setpts=N/$rate/TB,fps=$rate[van];
      [shop][van]overlay=x='-150+t*470':y=500,scale=${size/x/:}:flags=area,format=yuv420p" \
    -f lavfi -i "aevalsrc='0.3*exp(-3*mod(t,1))*sin(2*PI*t*if(lt(t,1),659.26,523.25))':s=44100" \
    -t 2 -map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact -threads 1 "$@" "$out"
}
h264=(-c:v libx264 -preset veryslow -profile:v main -crf 30 -g 25)
aac=(-c:a aac -b:a 32k -ac 1)

clip 320x240 25 clip.avi -c:v mpeg4 -vtag XVID -q:v 6 -g 50 -c:a libmp3lame -b:a 32k -ac 1
clip 320x240 25 clip.wmv -c:v wmv2 -q:v 6 -g 50 -c:a wmav2 -b:a 32k -ac 1 -f asf
clip 320x240 25 clip.mpeg -c:v mpeg1video -q:v 6 -g 50 -c:a mp2 -b:a 32k -ac 1 -f mpeg
clip 320x240 25 clip.mp4 "${h264[@]}" "${aac[@]}" -movflags +faststart
clip 320x240 25 clip.mov "${h264[@]}" "${aac[@]}" -f mov
clip 320x240 25 clip.mkv "${h264[@]}" "${aac[@]}" -f matroska
clip 320x240 25 clip.flv -c:v flv1 -q:v 6 -g 50 -c:a libmp3lame -ar 22050 -b:a 32k -ac 1
clip 320x240 25 clip.f4v "${h264[@]}" "${aac[@]}" -f f4v -brand 'F4V '
clip 320x240 25 clip.m4v "${h264[@]}" "${aac[@]}" -f ipod
clip 320x240 25 clip.rmvb -c:v rv20 -q:v 6 -g 50 -c:a ac3 -b:a 32k -ac 1 -f rm

. generate/article.sh
. generate/voices.sh
. generate/film.sh

echo "bad/"
convert -size 64x48 gradient:'#f2c14e'-'#d8382c' -strip -quality 75 "$work/small.jpg"
convert "$work/small.jpg" "$work/small.png"
: > bad/empty.jpg
cp "$work/small.jpg" bad/no-extension
cp "$work/small.jpg" bad/jpeg.png
printf 'Shopping list: tea, sugar, paper lanterns.\n' > bad/notes.txt
printf 'This is text, whatever the name says.\n' > bad/text.jpg
cwebp -quiet -q 70 "$work/small.png" -o bad/webp.jpg
heif-enc -q 40 -o "$work/small.heic" "$work/small.png" > /dev/null
mv "$work/small.heic" bad/heic.jpg
convert "$work/thumb.png" -strip -define png:exclude-chunks=date,time \
  -define png:compression-level=9 -define png:color-type=2 -depth 8 bad/thumb.png
convert "$work/card.png" -crop 1080x800+0+0 +repage -strip -define png:exclude-chunks=date,time \
  -define png:compression-level=9 -define png:color-type=2 -depth 8 bad/wide-card.png
printf 'This is text; a film it is not.\n' > bad/not-a-video.mp4
convert "$work/teapot.png" -crop 500x500+60+90 +repage -strip -interlace none \
  -sampling-factor 4:2:0 -define jpeg:extent=60kb "$work/large.jpg"
with_comment "$work/large.jpg" 65537 bad/thumb-65537.jpg

for file in clip.* film.mp4 voice*; do
  ffprobe -v error -show_entries stream=codec_name,width,height -of compact=p=0 "$file" > /dev/null
  ffmpeg -nostdin -v error -xerror -i "$file" -f null - 2> "$work/decode.txt"
  if [ -s "$work/decode.txt" ]; then
    echo "$file does not decode cleanly:" >&2
    cat "$work/decode.txt" >&2
    exit 1
  fi
done
