using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations.Templates;

/// <summary>What a template is about, and so which fields it may name.</summary>
public enum MailOccasion
{
    /// <summary>To a client, whatever happened to it.</summary>
    Client,

    /// <summary>To a client about a purchase of it, or a refund of one.</summary>
    Purchase,

    /// <summary>To an integrator about itself.</summary>
    Partner,
}

public enum MailFieldKind
{
    /// <summary>Words, anywhere in a line or the subject.</summary>
    Words,

    /// <summary>An address or code to pass on: in a line of its own it stands in a box.</summary>
    ToShare,

    /// <summary>An address to open: in a line of its own it is a button.</summary>
    ToOpen,

    /// <summary>A picture, in a line of its own.</summary>
    Picture,
}

/// <summary>A place in a template that is filled for each reader.</summary>
/// <param name="Name">As it is written between the braces.</param>
/// <param name="IsOptional">Not everybody has one: the paragraph that names it is left out then, and a subject cannot name it.</param>
/// <param name="Of">The occasions that have it.</param>
public sealed record MailField(string Name, MailFieldKind Kind, bool IsOptional, IReadOnlyList<MailOccasion> Of)
{
    public string Written => "{{" + Name + "}}";

    public bool FitsSubject => Kind is MailFieldKind.Words && !IsOptional;
}

/// <summary>All fields that there are.</summary>
public static class MailFields
{
    public const string PersonName = "person.name";
    public const string ClientName = "client.name";
    public const string ClientLink = "client.referral_link";
    public const string ClientCode = "client.referral_code";
    public const string ClientQr = "client.qr";
    public const string PartnerName = "partner.name";
    public const string PartnerLink = "partner.referral_link";
    public const string PartnerCode = "partner.referral_code";
    public const string PartnerQr = "partner.qr";
    public const string PurchaseAmount = "purchase.amount";
    public const string PurchaseProduct = "purchase.product";
    public const string PurchaseDate = "purchase.date";
    public const string ProgramName = "program.name";
    public const string SignInAddress = "sign_in_address";
    public const string PlansAddress = "plans_address";

    private static readonly MailOccasion[] Everything = Enum.GetValues<MailOccasion>();
    private static readonly MailOccasion[] Clients = [MailOccasion.Client, MailOccasion.Purchase];
    private static readonly MailOccasion[] Partners = [MailOccasion.Partner];
    private static readonly MailOccasion[] Purchases = [MailOccasion.Purchase];

    /// <summary>In the order in which they are offered. A name may stand twice, with what it means for each occasion.</summary>
    public static IReadOnlyList<MailField> All { get; } =
    [
        new(PersonName, MailFieldKind.Words, false, Everything),
        new(ClientName, MailFieldKind.Words, false, Clients),
        new(PartnerName, MailFieldKind.Words, true, Clients),
        new(PartnerName, MailFieldKind.Words, false, Partners),
        new(ProgramName, MailFieldKind.Words, false, Everything),
        new(PurchaseProduct, MailFieldKind.Words, false, Purchases),
        new(PurchaseAmount, MailFieldKind.Words, false, Purchases),
        new(PurchaseDate, MailFieldKind.Words, false, Purchases),
        new(SignInAddress, MailFieldKind.ToOpen, false, Everything),
        new(PlansAddress, MailFieldKind.ToOpen, false, Clients),
        new(ClientLink, MailFieldKind.ToShare, false, Clients),
        new(ClientCode, MailFieldKind.ToShare, false, Clients),
        new(ClientQr, MailFieldKind.Picture, false, Clients),
        new(PartnerLink, MailFieldKind.ToShare, false, Partners),
        new(PartnerCode, MailFieldKind.ToShare, false, Partners),
        new(PartnerQr, MailFieldKind.Picture, false, Partners),
    ];

    public static IReadOnlyList<MailField> Of(MailOccasion occasion) => [.. All.Where(f => f.Of.Contains(occasion))];

    /// <returns>Null when that occasion has none of the name.</returns>
    public static MailField? Find(string name, MailOccasion occasion) => All.FirstOrDefault(f => f.Name == name && f.Of.Contains(occasion));

    public static bool IsKnown(string name) => All.Any(f => f.Name == name);

    /// <summary>Whether a template about <paramref name="template"/> can be filled where what happened gives <paramref name="given"/>.</summary>
    public static bool Fits(MailOccasion template, MailOccasion given) => template == given || (template, given) is (MailOccasion.Client, MailOccasion.Purchase);

    /// <summary>The field that was probably meant; null when nothing is near.</summary>
    public static MailField? Nearest(string typed, MailOccasion occasion)
    {
        if (typed.Length > 60)
        {
            return null;
        }

        var wanted = typed.Trim().ToLowerInvariant().Replace('-', '_').Replace(' ', '_');
        return Of(occasion).Select(f => (Field: f, Distance: EditsBetween(wanted, f.Name))).Where(f => f.Distance <= Math.Max(2, f.Field.Name.Length / 3)).OrderBy(f => f.Distance).Select(f => f.Field).FirstOrDefault();
    }

    /// <summary>How many letters are to be put in, taken out or changed to make one of the other (Levenshtein).</summary>
    private static int EditsBetween(string typed, string name)
    {
        var row = Enumerable.Range(0, name.Length + 1).ToArray();
        for (var i = 1; i <= typed.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= name.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (typed[i - 1] == name[j - 1] ? 0 : 1)));
            }
        }

        return row[^1];
    }
}
