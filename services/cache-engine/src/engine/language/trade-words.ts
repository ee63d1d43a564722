/**
 * Words of weddings that general word lists lack or that subtitles hardly use: known, so that they are neither taken for slips nor
 * missed as what a slip meant. Written for this file.
 */
export const TRADE_WORDS: readonly string[] = `
aisle alcohol allergen allergens allergy alteration alterations anand annulment arbour arch archway asoebi attire
bachelorette backdrop backdrops backup balloon band banns banquet baraat barman bartender barn barns bartending bedeken bespoke
bhangra boho bolero bouquet bouquets boutonniere boutonnieres bridal bride brides bridesmaid bridesmaids bridesman bunting
buttercream buttonhole buttonholes campervan campervans canape canapes candelabra candelabras candlelit cantor caterer caterers
catering cava celebrant celebrants celebration centrepiece centrepieces ceilidh ceilidhs ceremonial ceremonies ceremony champagne
chapel chair chairs chiavari chiffon choir chuppah chura civil clergy coeliac coeliacs confetti congregation coordinator
coordinators corkage corsage corsages couple couples crockery cufflink cufflinks cutlery damask dancefloor dancefloors decor deposit
deposits dholki diabetic diffuser drone drones dupatta elopement elopements engagement engraver entree entrees
eucalyptus fascinator fascinators favour favours fiance fiancee fiances flatlay florist florists floristry foliage fondant
freesia freesias ganache gazebo gazebos gele gift gifts glamping gluten godparent godparents gown gowns groom grooms
groomsman groomsmen guest guests guestbook gurdwara gypsophila hairpiece hairdresser hairdressers halal handfasting handfastings
hashtag headpiece headpieces henna hydrangea hydrangeas humanist insurance invitation invitations invite invites invoice invoices
itinerary jaimala kaftan karaoke ketubah kilt kilts kippah kosher lace lactose lehenga lengha licence licences lighting livestream
livestreaming limousine linen linens mandap marquee marquees matron mehndi minibus minibuses minister
monogram montage napkin napkins negotiable nibbles nikah nuptial nuptials officiant officiants orangery organist outfit
outfits parasol parasols pashmina patisserie peony peonies pescatarian petal petals petticoat photobooth photobooths photobomb
photographer photographers photography photoshoot photoshoots pimms pinata planner planners playlist playlists portaloo portaloos
postcode prenup processional procession prosecco psalm quartet ranunculus reception receptions recessional refund refundable
registrar registrars registry rehearsal rehearsals retainer ribbon rosette rsvp rsvps runner runners saree sari seating setlist
shaadi sherwani signage silverware slideshow soloist songlist songs speeches sparkler sparklers stationer stationers stationery
stephanotis stylist stylists suppliers supplier surname tablecloth tablecloths tablescape tablescapes taffeta tasting tealight
tealights teepee tent tents tiara tiaras tier tiers tipi tipis toast toasts toastmaster toastmasters train trellis trilby
tulle tuxedo tuxedos tweed uplighter uplighters uplighting usher ushers vegan vegans vegetarian vegetarians veil veils vendor vendors
venue venues verger vicar vicars videographer videographers videography vow vows waistcoat waistcoats waitstaff wedding weddings
wellies wheelchair wisteria witness witnesses yarmulke yurt yurts
`
  .trim()
  .split(/\s+/);
