# Voice messages: a buzz that says "ma" in the four tones of Mandarin, over and over.
# generate.sh reads this file.

# Four syllables of 0.3 s, then a rest. 1: turn into the phrase, 0: turn into the syllable,
# 2: phase of the vocal cords, the integral of the pitch of tones 1 to 4.
ma="st(1,mod(t,2.2))*0+st(0,mod(ld(1),0.4))*0
  +st(2,2*PI*(if(lt(ld(1),0.4),210*ld(0),
    if(lt(ld(1),0.8),150*ld(0)+130*ld(0)^2,
    if(lt(ld(1),1.2),150*ld(0)-210*ld(0)^2+480*ld(0)^3,235*ld(0)-190*ld(0)^2)))))*0
  +if(lt(ld(1),1.6)*lt(ld(0),0.3),0.14*sqrt(sin(PI*ld(0)/0.3))*(0.5*sin(ld(2))
    +min(1,ld(0)*14)*(0.4*sin(2*ld(2))+0.6*sin(3*ld(2))+0.9*sin(4*ld(2))+0.5*sin(5*ld(2))
    +0.6*sin(6*ld(2))+0.4*sin(7*ld(2))+0.15*sin(14*ld(2)))),0)"

# voice RATE SECONDS OUT OPTION...: so much of it in one format.
voice() {
  local rate=$1 seconds=$2 out=$3
  shift 3
  echo "$out"
  ffmpeg -nostdin -v error -y -f lavfi -i "aevalsrc='${ma//$'\n'/}':s=$rate:d=$seconds" -ac 1 \
    -map_metadata -1 -fflags +bitexact -flags:a +bitexact -threads 1 "$@" "$out"
}
amr=(-c:a libopencore_amrnb -f amr)
mp3=(-c:a libmp3lame -f mp3)

# The encoder adds a frame of 20 ms: 327 frames here, 3010 below.
voice 8000 6.52 voice.amr "${amr[@]}" -b:a 12.2k
voice 44100 8.2 voice.mp3 "${mp3[@]}" -b:a 48k -id3v2_version 3 \
  -metadata title='妈麻马骂' -metadata artist='灯笼街茶馆'
voice 22050 20 voice-vbr.mp3 "${mp3[@]}" -q:a 6 -id3v2_version 0

voice 8000 60.18 bad/voice-60.2s.amr "${amr[@]}" -b:a 4.75k
voice 16000 61 bad/voice-61s.mp3 "${mp3[@]}" -q:a 9 -id3v2_version 3 \
  -metadata title='妈麻马骂' -metadata artist='灯笼街茶馆'
head -c 1000 voice.amr > bad/truncated.amr
