namespace PartnerPortal.Tests.Support;

/// <summary>A test that takes minutes and is run before a release: where a variable of the environment says how large.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SizedTheoryAttribute : TheoryAttribute
{
    /// <summary>How many clients come while automations run and the portal is killed.</summary>
    public const string Automated = "PORTAL_FAULT_AUTOMATED";

    public SizedTheoryAttribute(string variable) =>
        Skip = Environment.GetEnvironmentVariable(variable) is null ? $"Takes minutes: runs where {variable} says how large, such as {variable}=24." : null;
}
