namespace PartnerPortal.Identity;

/// <summary>A choice of a user that outlives the session: the columns of a grid, for one.</summary>
public sealed class UserPreference
{
    public long UserId { get; set; }

    public string Key { get; set; } = "";

    public string Value { get; set; } = "";
}
