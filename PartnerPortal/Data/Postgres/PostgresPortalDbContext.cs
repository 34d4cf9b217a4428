using Microsoft.EntityFrameworkCore;

namespace PartnerPortal.Data.Postgres;

public sealed class PostgresPortalDbContext(DbContextOptions<PostgresPortalDbContext> options) : PortalDbContext(options);
