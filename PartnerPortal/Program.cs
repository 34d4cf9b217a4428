using PartnerPortal.Startup;

var builder = PortalStartup.CreateBuilder(args);
builder.AddPortal();
var app = builder.Build();
return await app.RunPortalAsync(args);

/// <summary>Named so that tests can host the portal.</summary>
public partial class Program;
