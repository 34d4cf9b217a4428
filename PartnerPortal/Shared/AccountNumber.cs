namespace PartnerPortal.Shared;

/// <summary>The number of an account that people see (<c>ref</c>, papers, support): its id, moved up, so that the first client is not "number 1".</summary>
public static class AccountNumber
{
    /// <summary>Added to the id. Queries add it themselves, where the database does the sum.</summary>
    public const long Offset = 10_000;

    /// <param name="number">As an account shows it.</param>
    /// <param name="id">The account's id; of use only where the answer is true. Whether there is such an account is another matter.</param>
    public static bool TryIdOf(long number, out long id)
    {
        id = number - Offset;
        return id > 0;
    }
}
