using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Clients;

namespace PartnerPortal.Startup.Demo;

/// <summary>One client of the demo's main integrator.</summary>
/// <param name="DaysAgo">Since when it is in the list.</param>
/// <param name="SeenHoursAgo">Null when never seen.</param>
internal sealed record DemoClient(string Name, string Email, string? Phone, string Language, CameBy CameBy, ClientStatus Status, int DaysAgo, int? SeenHoursAgo, IReadOnlyList<string> Tags, string Note);

/// <summary>
/// Invented people with addresses under .test (RFC 2606) and telephone numbers that regulators keep for fiction (US 555-01xx, Ofcom, Bundesnetzagentur, Arcep, PTS).
/// </summary>
internal static class DemoPeople
{
    /// <summary>Name | e-mail | phone | language | came by | status | days ago | seen hours ago | tags | note.</summary>
    private const string Rows = """
        Clara Jensen | client@demo.test | +46701740610 | en | Link | Active | 412 | 5 | Retail,Key | Pays by the quarter; asks for one invoice for both shops.
        Priya Raman | priya@raman-textiles.test | +442079460958 | en | Created | Invited | 1 | | Wholesale | Asked at the fair for an account to try over the holidays.
        José Almeida | jose@almeida-padaria.test | | es | Link | Active | 0 | 1 | Retail |
        Hannah Lindqvist | hannah@lindqvist.test | +46701740622 | en | Qr | Active | 9 | 26 | Retail |
        Karl Weber | k.weber@weber-holzbau.test | +493023125104 | en | Code | Active | 33 | 3 | Trades,Key | Wants the Team plan from January.
        Ana Prado | ana.prado@casa-prado.test | | es | Invitation | Active | 47 | 49 | Hospitality |
        Daniel Okonkwo | daniel@okonkwo-sons.test | +447700900123 | en | Joined | Active | 58 | 12 | Wholesale,Key | Had an account before; joined after the call in September.
        Claire Fontaine | claire@atelier-fontaine.test | +33199000142 | en | Link | Active | 71 | 8 | Craft |
        Northgate Dental | office@northgate-dental.test | +12025550143 | en | Created | Active | 83 | 30 | Health | Reception answers the mails, ask for Ruth.
        Yusuf Demir | yusuf@demir-optik.test | +493023125177 | en | Qr | Active | 96 | 75 | Retail | Scanned the card at the counter.
        Tomasz Zieliński | tomasz@zielinski-druk.test | | en | Link | Active | 121 | 4 | Craft |
        Lena Hofmann | lena@harbour-cafe.test | +491713920012 | en | Code | Active | 140 | 200 | Hospitality |
        Ingrid Solheim | ingrid@solheim-vvs.test | | en | Invitation | Active | 155 | 15 | Trades |
        Sam Reyes | sam@reyes-and-co.test | +12025550168 | es | Link | Active | 170 | 22 | Advisers,Key | Sends us two or three firms a year.
        Petrov Trade | accounts@petrov-trade.test | | en | Created | Active | 188 | 90 | Wholesale |
        Lucía Herrera | lucia@herrera-moda.test | | es | Link | Active | 203 | 11 | Retail |
        Mateo Vargas | mateo@vargas-logistica.test | +12025550112 | es | Invitation | Active | 231 | 54 | Transport |
        Carmen Ortiz | carmen@ortiz-asesores.test | | es | Code | Active | 262 | 7 | Advisers |
        Oliver Brandt | oliver@brandt-garten.test | +493023125190 | en | Joined | Active | 290 | 120 | Trades |
        Amélie Rousseau | amelie@rousseau-fleurs.test | +33199000177 | en | Qr | Active | 318 | 33 | Retail |
        Bilal Haddad | bilal@haddad-imports.test | +442079460321 | en | Link | Active | 345 | 410 | Wholesale | Quiet since summer; call in the new year.
        Valentina Ríos | valentina@rios-estudio.test | | es | Link | Active | 377 | 18 | Craft |
        Jonas Berg | jonas@berg-elektro.test | +46701740655 | en | Invitation | Active | 431 | 29 | Trades |
        Diego Fuentes | diego@fuentes-hostal.test | | es | Created | Active | 468 | 66 | Hospitality |
        Grace Adeyemi | grace@adeyemi-clinic.test | +447700900456 | en | Link | Active | 509 | 2 | Health,Key |
        Rosa Delgado | rosa@delgado-pan.test | | es | Code | Active | 551 | 140 | Retail |
        Nils Aalto | nils@aalto-sauna.test | | en | Link | Active | 602 | 9 | Hospitality |
        Ines Carvalho | ines@carvalho-vinhos.test | | es | Support | Active | 640 | 21 | Wholesale | Came over from Nordwind when they stopped serving wine merchants.
        Marc Dubois | marc@dubois-transport.test | +33199000163 | en | Link | NeverSignedIn | 3 | | Transport |
        Elena Soto | elena@soto-farmacia.test | | es | Code | NeverSignedIn | 12 | | Health |
        Rafael Nuñez | rafael@nunez-obras.test | | es | Created | Invited | 2 | | Trades |
        Freya Madsen | freya@madsen-keramik.test | +46701740677 | en | Created | Invited | 6 | | Craft |
        | finance@tidewater-boats.test | | en | Invitation | Invited | 4 | | |
        | hola@taller-nube.test | | es | Invitation | Invited | 19 | | |
        Peter Novak | peter@novak-metal.test | | en | Created | Lapsed | 64 | | Trades | Changed jobs; find out who follows.
        | info@oakfield-school.test | | en | Invitation | Lapsed | 92 | | |
        Greta Lang | greta@lang-reisen.test | +493023125133 | en | Link | Left | 330 | 2000 | Hospitality |
        Hugo Marín | hugo@marin-foto.test | | es | Qr | Left | 495 | 3100 | Craft | Took a partner nearer to him.
        Nadia Rahman | nadia@rahman-law.test | | en | Invitation | Declined | 27 | 300 | Advisers |
        Alba Campos | alba@campos-verde.test | | es | Created | Declined | 110 | | |
        """;

    public static IReadOnlyList<DemoClient> Clients { get; } = [.. Rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l.Contains('|', StringComparison.Ordinal)).Select(Read)];

    private static DemoClient Read(string line)
    {
        var cells = line.Split('|', StringSplitOptions.TrimEntries);
        return new DemoClient(
            cells[0], cells[1], cells[2].Length == 0 ? null : cells[2], cells[3], Enum.Parse<CameBy>(cells[4]), Enum.Parse<ClientStatus>(cells[5]),
            int.Parse(cells[6]), cells[7].Length == 0 ? null : int.Parse(cells[7]), cells[8].Split(',', StringSplitOptions.RemoveEmptyEntries), cells[9]);
    }
}
