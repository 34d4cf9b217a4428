namespace PartnerPortal.Features.Journeys.Products;

/// <summary>That the program's product told of an account made in it. Whether the address had an account here already it does not say, unless the product has seen it confirmed.</summary>
public sealed class ProductRegistration
{
    private ProductRegistration()
    {
    }

    internal ProductRegistration(string externalId, string hash, bool isVerified, long? accountId, DateTime now) =>
        (ExternalId, BodyHash, IsVerified, AccountId, At) = (externalId, hash, isVerified, accountId, now);

    public long Id { get; private set; }

    /// <summary>What the product calls the account.</summary>
    public string ExternalId { get; private set; } = "";

    /// <summary>Of what was told; 64 hexadecimal digits.</summary>
    public string BodyHash { get; private set; } = "";

    /// <summary>The product has seen the address confirmed.</summary>
    public bool IsVerified { get; private set; }

    /// <summary>The account that goes by that id; null where the address was somebody's already and nobody has shown that it is the same person.</summary>
    public long? AccountId { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; private set; }
}
