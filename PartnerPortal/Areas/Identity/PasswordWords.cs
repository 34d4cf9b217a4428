using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace PartnerPortal.Areas.Identity;

/// <summary>The password rules in the reader's words: said beforehand, and again when one is broken.</summary>
public sealed class PasswordWords(IStringLocalizer<IdentityText> text, IOptions<IdentityOptions> options)
{
    /// <summary>What a password must be, as a hint below the field.</summary>
    public string Rule => text["Password.Rule", options.Value.Password.RequiredLength];

    /// <param name="codes">Identity's codes of the rules that are broken.</param>
    public string Describe(IEnumerable<string> codes) => string.Join(' ', codes.Select(c => Describe(c)));

    /// <summary>A sentence for one of Identity's codes. One that this portal does not use says the rule as a whole.</summary>
    public string Describe(string code) => code switch
    {
        "PasswordTooShort" => text["Password.TooShort", options.Value.Password.RequiredLength],
        "PasswordRequiresUniqueChars" => text["Password.TooFew", options.Value.Password.RequiredUniqueChars],
        "OneTimePasswordReused" => text["Password.OneTime"],
        _ => Rule,
    };
}

/// <summary>Identity's own messages, wherever it makes one, in the reader's words.</summary>
public sealed class LocalizedIdentityErrors(IStringLocalizer<IdentityText> text, IOptions<IdentityOptions> options) : IdentityErrorDescriber
{
    public override IdentityError DefaultError() => Say(nameof(DefaultError), text["Error.Default"]);

    public override IdentityError ConcurrencyFailure() => Say(nameof(ConcurrencyFailure), text["Error.Concurrency"]);

    public override IdentityError PasswordMismatch() => Say(nameof(PasswordMismatch), text["Error.WrongPassword"]);

    public override IdentityError InvalidToken() => Say(nameof(InvalidToken), text["Error.Link"]);

    public override IdentityError PasswordTooShort(int length) => Say(nameof(PasswordTooShort), text["Password.TooShort", length]);

    public override IdentityError PasswordRequiresUniqueChars(int uniqueChars) => Say(nameof(PasswordRequiresUniqueChars), text["Password.TooFew", uniqueChars]);

    public override IdentityError PasswordRequiresDigit() => Say(nameof(PasswordRequiresDigit), Rule);

    public override IdentityError PasswordRequiresLower() => Say(nameof(PasswordRequiresLower), Rule);

    public override IdentityError PasswordRequiresUpper() => Say(nameof(PasswordRequiresUpper), Rule);

    public override IdentityError PasswordRequiresNonAlphanumeric() => Say(nameof(PasswordRequiresNonAlphanumeric), Rule);

    public override IdentityError InvalidEmail(string? email) => Say(nameof(InvalidEmail), text["Error.Email"]);

    public override IdentityError InvalidUserName(string? userName) => Say(nameof(InvalidUserName), text["Error.Email"]);

    public override IdentityError DuplicateEmail(string email) => Say(nameof(DuplicateEmail), text["Error.EmailTaken"]);

    public override IdentityError DuplicateUserName(string userName) => Say(nameof(DuplicateUserName), text["Error.EmailTaken"]);

    private string Rule => text["Password.Rule", options.Value.Password.RequiredLength];

    private static IdentityError Say(string code, string sentence) => new() { Code = code, Description = sentence };
}
