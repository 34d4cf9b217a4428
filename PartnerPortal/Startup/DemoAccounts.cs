namespace PartnerPortal.Startup;

/// <summary>Who can sign in to the demo program. It exists in Development only, so the password may stand here and on the sign-in page.</summary>
internal static class DemoAccounts
{
    public const string Password = "demo-partner-portal";
    public const string Integrator = "integrator@demo.test";
    public const string Client = "client@demo.test";
    public const string Support = "support@demo.test";
    public const string Admin = "admin@demo.test";
}
