namespace PartnerPortal.Tests.Browser;

/// <summary>A long walk that runs when it is asked for by <c>PORTAL_WALK=1</c>; skipped, with that reason, otherwise.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnRequestFactAttribute : FactAttribute
{
    public OnRequestFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("PORTAL_WALK") is not "1")
        {
            Skip = "Visits every page as everybody and takes many minutes on two cores; set PORTAL_WALK=1 to run it.";
        }
    }
}
