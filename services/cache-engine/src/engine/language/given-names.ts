/**
 * Given names of Britain and Ireland that word lists with an American ear lack: known as names, so that no rule takes Orla for
 * "oral". Written for this file.
 */
export const GIVEN_NAMES: readonly string[] = `
aarav aaliyah abdul ada aidan aileen ailbhe ailish aine aisha aisling aled alasdair alastair alys amara amina amir anika anwen
aoibheann aoibhinn aoife aoileann aodhan arabella arjun arlo arun asha ava ayesha bethan bevan blathnaid branwen breda brendan
bronagh bronwen cadi cahal cai callum caoimhe caolan caragh carys cathal catrin catriona ceri cerys chidi ciara ciaran cian cillian
clodagh colm colum conall conor cormac cressida dafydd daithi darragh declan deirdre dermot deva dilwyn donal donnacha dougal
dylan eabha eamon eamonn efa efan eifion eilidh eimear einir eira eirlys eithne elen elin elowen emer emrys enda eoghan eoin ewan
fatima fearghal fergal fergus fiadh finbarr finlay finn fiona fionn fionnuala ffion freya gareth geraint gethin gobnait grainne
gruff gwen gwenllian gwyneth hamish hamza harpreet hari heledd hywel iain iestyn ieuan ifan imogen imran ines iona ioan isla ishaan
islwyn jarlath jaspreet jiya kavita keelin keir kieran kiera kirsty laoise liadan llew llinos lorcan lowri macsen maeve mahmoud
mairead mairi malachy manpreet maura meera megan mehmet meinir mererid mhairi micheal mirza moira morag morwenna muireann murdo
myfanwy nasreen neha niall niamh nia nikhil nuala odhran oisin oonagh orla orlagh osian owain padraic padraig parisa peadar pippa
pooja poppy priya rafe rajesh rashid rhian rhiannon rhodri rhona rhys roisin ronan rory rosheen ruairi ruth saoirse samira sana
sanjay seamus sean senan seren shauna shazia shivani shona shreya sian sinead siobhan siofra siwan somhairle sorcha sunil suresh
tadhg taran tegan tegwen tiernan tomos torin tudur turlough una usman wafa yasmin yusuf zahra zainab zara ziya
`
  .trim()
  .split(/\s+/);
