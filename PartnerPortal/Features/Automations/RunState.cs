namespace PartnerPortal.Features.Automations;

public enum RunState
{
    /// <summary>A condition did not hold: nothing was done.</summary>
    Refused,
    Running,
    Waiting,
    Done,

    /// <summary>A step failed; it can be tried again from there.</summary>
    Failed,

    /// <summary>Its automation was deleted.</summary>
    Cancelled,

    /// <summary>Not begun: automations had started each other in a circle, or too many one after the other.</summary>
    Stopped,
}

public enum StepOutcome
{
    Done,

    /// <summary>There was nothing to do.</summary>
    Skipped,
    Failed,

    /// <summary>It goes on later.</summary>
    Waiting,
}

/// <summary>Why a step or a run did not do what it was to do; each has a sentence.</summary>
public enum RunProblem
{
    /// <summary>Nobody with an account is concerned.</summary>
    NoClient,
    NoPartner,

    /// <summary>The client stands in no list of the partner.</summary>
    NotListed,
    AlreadyTagged,
    TooManyTags,
    NoSuchGroup,
    AlreadyInGroup,
    NoSuchEndpoint,

    /// <summary>It answered that it is gone for good.</summary>
    EndpointGone,
    HasSignedIn,
    SignInDisabled,

    /// <summary>No partner made the account, so there is no link to be sent anew.</summary>
    NoLinkToSend,

    /// <summary>The automation's budget does not hold the bonus any more.</summary>
    BudgetSpent,

    /// <summary>The wallet does not take it, as its account is closed.</summary>
    BonusRefused,

    /// <summary>An account that the task is about is closed.</summary>
    TaskRefused,

    NoSuchTemplate,

    /// <summary>The template names what did not happen here.</summary>
    TemplateLacks,

    /// <summary>The account is closed, or nobody of it has an address.</summary>
    NobodyToMail,

    /// <summary>Who would read it wants no such mail.</summary>
    MailStopped,

    /// <summary>It was accepted, refused or withdrawn.</summary>
    InvitationAnswered,
    PartnerSuspended,

    /// <summary>The program itself failed; its log says more.</summary>
    Fault,

    /// <summary>It had come from this same automation.</summary>
    Loop,

    /// <summary>More than <see cref="AutomationRun.MostDepth"/> automations had started each other.</summary>
    TooDeep,
}
