using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations.Templates;

/// <summary>Where in a template something is.</summary>
public enum TemplatePart
{
    Subject,
    Body,
}

public enum TemplateFlaw
{
    /// <summary>Nothing stands there.</summary>
    Missing,

    TooLong,

    /// <summary>Two braces open and nothing closes them in that line.</summary>
    Unclosed,

    /// <summary>Two braces close and nothing opened them.</summary>
    Unopened,

    /// <summary>One brace on each side of what is probably meant as a field.</summary>
    SingleBraces,

    /// <summary>No field has that name.</summary>
    Unknown,

    /// <summary>There is such a field, and what the template is about does not give it.</summary>
    NotGiven,

    /// <summary>Not everybody has it, or it is no words.</summary>
    NotInSubject,

    /// <summary>A picture stands in a line of its own.</summary>
    NotInLine,

    /// <summary>Only an address in a line of its own is a button, and has words on it.</summary>
    NoButton,
}

/// <summary>One thing that is wrong in a text.</summary>
/// <param name="Line">From 1; 0 where it is the whole.</param>
/// <param name="Column">From 1.</param>
/// <param name="Typed">What stands there.</param>
/// <param name="Meant">What was probably meant; null when nothing is near.</param>
public sealed record TemplateProblem(string Language, TemplatePart Part, TemplateFlaw Flaw, int Line = 0, int Column = 0, string Typed = "", string? Meant = null);

public sealed record TemplateNameMissing : Error
{
    public override string Field => nameof(TemplateForm.Name);
}

public sealed record TemplateNameTooLong(int Limit) : Error
{
    public override string Field => nameof(TemplateForm.Name);
}

/// <summary>Another template has the name.</summary>
public sealed record TemplateNameTaken : Error
{
    public override string Field => nameof(TemplateForm.Name);
}

/// <summary>Neither English nor the program's own language is written: others fall back to one of them.</summary>
public sealed record TemplateLanguageMissing(string Language) : Error
{
    public override string Field => nameof(TemplateForm.Texts);
}

/// <summary>Something is wrong in the texts, each thing with its place. Nothing was saved.</summary>
public sealed record TemplateTextsWrong(IReadOnlyList<TemplateProblem> Problems) : Error
{
    public override string Field => nameof(TemplateForm.Texts);
}

/// <summary>Not there (any more).</summary>
public sealed record NoSuchTemplate : Error;

/// <summary>Somebody else saved after the form was opened; nothing was saved.</summary>
public sealed record TemplateChangedMeanwhile : Error;

/// <summary>Automations send it: it cannot be deleted, and stays about what it is about.</summary>
/// <param name="By">Their names.</param>
public sealed record TemplateInUse(IReadOnlyList<string> By) : Error;

/// <summary>The template is about something that did not happen here.</summary>
public sealed record TemplateLacks(MailOccasion Occasion) : Error;

public enum NobodyReason
{
    NoSuchAccount,
    Closed,

    /// <summary>No admin has an address.</summary>
    NoAddress,

    /// <summary>Staff lets them in no more.</summary>
    Disabled,

    /// <summary>They want no such mail.</summary>
    Stopped,
}

/// <summary>There is nobody to write to.</summary>
public sealed record NobodyToMail(NobodyReason Reason) : Error;
