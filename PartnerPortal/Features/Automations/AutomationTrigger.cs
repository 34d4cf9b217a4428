using PartnerPortal.Features.Automations.Templates;
using PartnerPortal.Features.Events;

namespace PartnerPortal.Features.Automations;

/// <summary>What an automation begins with.</summary>
public enum AutomationTrigger
{
    Registered,
    EmailConfirmed,
    ClientCreated,
    Joined,
    Refused,
    FirstPurchase,
    Purchase,
    Refund,

    /// <summary>A client has not signed in for some days; one that never did counts from when its account was made.</summary>
    NoSignIn,

    /// <summary>A client has bought nothing for some days; one that never did counts from when its account was made.</summary>
    NoPurchase,

    PartnerApproved,

    /// <summary>A partner was put into another group, by staff or by an automation.</summary>
    GroupChanged,

    /// <summary>An invitation was mailed and has had no answer for some days.</summary>
    InvitationUnanswered,
}

/// <summary>What goes with which trigger.</summary>
public static class AutomationTriggers
{
    /// <summary>Found by looking who was silent for so many days, and not in what happened.</summary>
    public static bool HasDays(AutomationTrigger trigger) => trigger is AutomationTrigger.NoSignIn or AutomationTrigger.NoPurchase or AutomationTrigger.InvitationUnanswered;

    /// <summary>It concerns a partner and no client.</summary>
    public static bool IsOfPartner(AutomationTrigger trigger) => trigger is AutomationTrigger.PartnerApproved or AutomationTrigger.GroupChanged;

    /// <summary>It has a sum: what was bought or given back.</summary>
    public static bool HasMoney(AutomationTrigger trigger) => trigger is AutomationTrigger.FirstPurchase or AutomationTrigger.Purchase or AutomationTrigger.Refund;

    public static bool Allows(AutomationTrigger trigger, ConditionKind condition) => condition switch
    {
        ConditionKind.Partner or ConditionKind.Group or ConditionKind.Country or ConditionKind.Language => true,
        ConditionKind.Amount => HasMoney(trigger),
        ConditionKind.Tag => !IsOfPartner(trigger),
        ConditionKind.CameBy or ConditionKind.ClientCount or ConditionKind.PurchaseCount or ConditionKind.NeverSignedIn => !IsOfPartner(trigger) && trigger is not AutomationTrigger.InvitationUnanswered,
    };

    public static bool Allows(AutomationTrigger trigger, StepKind step) => step switch
    {
        StepKind.Mail or StepKind.Bonus or StepKind.Group or StepKind.Task or StepKind.Webhook or StepKind.Wait => true,
        StepKind.Tag => !IsOfPartner(trigger),
        StepKind.Access => !IsOfPartner(trigger) && trigger is not AutomationTrigger.InvitationUnanswered,
        StepKind.InviteAgain => trigger is AutomationTrigger.InvitationUnanswered or AutomationTrigger.ClientCreated,
    };

    /// <summary>For whom a step may be; of those that are for nobody in particular, for all.</summary>
    public static bool Allows(AutomationTrigger trigger, StepKind step, StepTarget target) => Allows(trigger, step) && step switch
    {
        StepKind.Mail or StepKind.Bonus => target is StepTarget.Partner || (target is StepTarget.Client && HasClient(trigger)),
        StepKind.Task => target is StepTarget.Staff or StepTarget.Partner,
        _ => true,
    };

    /// <summary>What a mail to somebody can be about.</summary>
    public static MailOccasion OccasionOf(AutomationTrigger trigger, StepTarget target) =>
        target is StepTarget.Partner ? MailOccasion.Partner : HasMoney(trigger) ? MailOccasion.Purchase : MailOccasion.Client;

    /// <summary>It concerns somebody who has an account, or will have one before long.</summary>
    private static bool HasClient(AutomationTrigger trigger) => !IsOfPartner(trigger) && trigger is not AutomationTrigger.InvitationUnanswered;

    /// <summary>The triggers that something which happened sets off.</summary>
    internal static IReadOnlyList<AutomationTrigger> Of(PortalEvent told) => told.Kind switch
    {
        EventKinds.ClientRegistered => [AutomationTrigger.Registered],
        EventKinds.ClientEmailConfirmed => [AutomationTrigger.EmailConfirmed],
        EventKinds.ClientCreated => [AutomationTrigger.ClientCreated],
        // Who undid that it had left has been greeted before.
        EventKinds.ClientJoined when told.How != nameof(Attributions.CameBy.Returned) => [AutomationTrigger.Joined],
        EventKinds.ClientRefused => [AutomationTrigger.Refused],
        EventKinds.PurchaseRecorded => told.IsFirst is true ? [AutomationTrigger.FirstPurchase, AutomationTrigger.Purchase] : [AutomationTrigger.Purchase],
        EventKinds.PurchaseRefunded => [AutomationTrigger.Refund],
        EventKinds.PartnerApproved => [AutomationTrigger.PartnerApproved],
        EventKinds.PartnerGroupChanged => [AutomationTrigger.GroupChanged],
        _ => [],
    };
}
