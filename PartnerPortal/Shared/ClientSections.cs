using System.Text;

namespace PartnerPortal.Shared;

/// <summary>The parts of a client's account that the owner can leave out. Several at once.</summary>
[Flags]
public enum ClientSection
{
    None = 0,
    MyPartner = 1,
    Access = 2,
    Purchases = 4,
    Plans = 8,
    Refer = 16,
    Team = 32,

    /// <summary>Becoming an integrator.</summary>
    Apply = 64,
}

/// <summary>Which addresses belong to which section. Menus, links, pages and endpoints all ask here.</summary>
public static class ClientSections
{
    /// <summary>Each alone, in the order of the menu.</summary>
    public static readonly IReadOnlyList<ClientSection> All =
        [ClientSection.MyPartner, ClientSection.Access, ClientSection.Purchases, ClientSection.Plans, ClientSection.Refer, ClientSection.Team, ClientSection.Apply];

    /// <summary>Patterns of addresses with their sections. One of two is closed when either is: nothing is bought without a place where it can be looked at.</summary>
    public static readonly IReadOnlyDictionary<string, ClientSection> Addresses = new Dictionary<string, ClientSection>(StringComparer.Ordinal)
    {
        [PortalUrls.MyPartner] = ClientSection.MyPartner,
        [Normalize(PortalUrls.ReceiptPattern)] = ClientSection.MyPartner,
        [PortalUrls.Access] = ClientSection.Access,
        [PortalUrls.AccessDiaryCsv] = ClientSection.Access,
        [PortalUrls.Purchases] = ClientSection.Purchases,
        [Normalize(PortalUrls.InvoicePattern)] = ClientSection.Purchases,
        [Normalize(PortalUrls.InvoicePdfPattern)] = ClientSection.Purchases,
        [PortalUrls.NewOrder] = ClientSection.Purchases | ClientSection.Plans,
        [PortalUrls.Plans] = ClientSection.Purchases | ClientSection.Plans,
        [PortalUrls.Refer] = ClientSection.Refer,
        [PortalUrls.Team] = ClientSection.Team,
        [PortalUrls.Apply] = ClientSection.Apply,
    };

    /// <summary>The sections of an address.</summary>
    /// <param name="pattern">A path, or a route's pattern with any names of its parameters.</param>
    public static ClientSection Of(string pattern) => Addresses.GetValueOrDefault(Normalize(pattern));

    /// <summary>Without the parameters' names: <c>/clients/{}</c>.</summary>
    public static string Normalize(string pattern)
    {
        var (text, isInside) = (new StringBuilder("/"), false);
        foreach (var c in pattern.AsSpan().Trim('/'))
        {
            isInside = c is '{' || (isInside && c is not '}');
            if (c is '{' or '}' || !isInside)
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }
}
